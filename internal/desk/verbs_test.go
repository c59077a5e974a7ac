package desk_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// silent are methods of the desk that write no line, each with the reason.
var silent = map[string]string{
	"KeepWorkingCopy": "nothing is saved yet", "DropWorkingCopy": "nothing is saved yet",
	"NotePresence": "it only says who is there", "NoteAbsence": "it only says who is there", "ForgetPresences": "it only says who is there",
	"PreviewChange": "it is how somebody looks at it, time and again", "MakePaperPreview": "it is how somebody looks at it, time and again", "PreviewFront": "it is how somebody looks at it, time and again",
	"EndPreviews": "what has ended is cleared away", "TidySessions": "what has ended is cleared away",
	"UsePasskey": "it is part of signing in", "TakeCode": "it is part of signing in", "SeeSession": "it is part of signing in", "KnowDevice": "it is part of signing in",
	"Begin": "it is a step of something else", "Finish": "it is a step of something else", "RenewHash": "nothing has changed for anybody",
	"FollowPassages": "it follows from what was saved",
	"ImportSource":   "it only names an old system",
	"AskForLetter":   "the letter says so when it goes", "WriteLetters": "it stores nothing", "WritesLetters": "it stores nothing",
	"QueueRenditions": "it follows from the paper", "AskForRenditions": "it follows from the paper", "MakeRenditions": "it follows from the paper",
	"IndexSome": "it follows from the paper", "IndexAll": "it follows from the paper",
	"TellCDN": "it follows from the paper", "PurgeEverything": "it follows from the paper",
	"DiscardFile": "it was no picture's", "DropBlobs": "it follows from the deletion", "DropReplaced": "it follows from the replacement",
}

// proved are methods whose line another test looks at.
var proved = map[string]string{
	"PostComment": "TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo", "ForgetAddresses": "TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo",
	"ImportArticles": "TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo", "ImportMoves": "TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo",
	"CompleteImport": "TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo", "ImportSection": "TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo",
	"ImportTopic": "TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo", "ImportPerson": "TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo",
	"ImportPicture": "TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo", "CloseComments": "TestCommentsCloseByTimeOnceAndAreOpenedBySetting",
	"SendLetters": "letter_test.go", "UploadPicture": "picture_test.go", "RestoreMenu": "paper_test.go", "AddNote": "note_test.go", "ResolveNote": "note_test.go", "ReopenNote": "note_test.go", "OrderPages": "paper_test.go",
	"CropPicture": "replace_test.go", "ReplacePicture": "replace_test.go", "PutBackPicture": "replace_test.go",
}

// TestEveryVerbWritesOneLine has everybody do everything, and looks at the log after
// each: one line, with who, what, to which thing, and for an article from which state
// to which.
func TestEveryVerbWritesOneLine(t *testing.T) {
	storetest.EachDB(t, func(t *testing.T, database *db.DB) {
		ctx := t.Context()
		d := &fixture{Store: store.New(database), now: time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC)}
		d.Desk = desk.New(d.Store, d.clock, func(news.Change) {})
		done, seen := map[string]bool{}, 0
		// wrote looks at the line of a verb: who, verb and noun, then what the detail holds.
		wrote := func(method, line, detail string, err error) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", method, err)
			}
			log := auditLog(t, database)
			if len(log) != seen+1 {
				t.Errorf("%s wrote %d lines: %+v", method, len(log)-seen, log[seen:])
			} else if l := log[seen]; l.who+": "+l.verb+" "+l.noun != line || !strings.Contains(l.detail, detail) || l.target == 0 && l.verb != "order" && l.noun != "settings" && l.noun != "menu" && l.noun != "stages" && l.noun != "search" && l.noun != "front" {
				t.Errorf("%s wrote %+v, want %s, %s", method, l, line, detail)
			}
			worded(t, log[seen:])
			seen, done[method] = len(log), true
		}
		quietly := func(err error) { // what only prepares something
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			seen = len(auditLog(t, database))
		}
		const who, ben = desk.Who("Anna"), "Ben"
		soon := func() time.Time { return d.now.Add(time.Hour) }
		version := func(id news.ArticleID) int { return d.stands(t, id).Version }

		// Terms and people.
		world, sport := &news.Section{Name: "World"}, &news.Section{Name: "Sport"}
		wrote("CreateSection", "Anna: create section", "World", d.CreateSection(ctx, who, world))
		quietly(d.CreateSection(ctx, who, sport))
		wrote("OrderSections", "Anna: order section", "", d.OrderSections(ctx, who, 0, []news.SectionID{sport.ID, world.ID}))
		sections, err := d.Sections(ctx)
		quietly(err)
		sport.Version = sections[sport.ID].Version
		wrote("ChangeSection", "Anna: change section", "Sport -> Games", d.ChangeSection(ctx, who, news.Section{ID: sport.ID, Version: sport.Version, Position: sections[sport.ID].Position, Name: "Games"}))
		wrote("MoveSection", "Anna: move section", "Games", d.MoveSection(ctx, who, sport.ID, sport.Version+1, world.ID))
		wrote("RetireSection", "Anna: retire section", "Games", d.RetireSection(ctx, who, sport.ID, sport.Version+2, true))
		tides, floods := &news.Topic{Name: "Tides"}, &news.Topic{Name: "Floods"}
		wrote("CreateTopic", "Anna: create topic", "Tides", d.CreateTopic(ctx, who, tides))
		quietly(d.CreateTopic(ctx, who, floods))
		wrote("ChangeTopic", "Anna: change topic", "Floods -> Water", d.ChangeTopic(ctx, who, news.Topic{ID: floods.ID, Version: 1, Name: "Water"}))
		wrote("RetireTopic", "Anna: retire topic", "Water", d.RetireTopic(ctx, who, floods.ID, 2, true))
		ida := &news.Person{Name: "Ida Holm"}
		wrote("CreatePerson", "Anna: create person", "Ida Holm", d.CreatePerson(ctx, who, ida))
		wrote("ChangePerson", "Anna: change person", "Ida Holm -> Ida Berg", d.ChangePerson(ctx, who, news.Person{ID: ida.ID, Version: 1, Name: "Ida Berg"}))

		// An article, from the first word on.
		a := &news.Article{Kind: news.Story, Headline: "Vote", Body: paragraphs("One.|Two."), Comments: news.CommentsModerated, Section: world.ID, Sections: []news.SectionID{world.ID}}
		wrote("Create", "Anna: create article", "none -> draft", d.Create(ctx, who, a))
		id := a.ID
		a.Headline = "Vote tonight"
		wrote("Save", "Anna: save article", "draft -> draft", d.Save(ctx, who, a))
		a.Headline, a.Version = "Vote tonight at six", version(id)
		wrote("SaveForm", "Anna: save article", "draft -> draft", d.SaveForm(ctx, who, desk.Form{Article: a, Changed: true}))
		wrote("SetStage", "Anna: stage article", "draft -> in review", d.SetStage(ctx, who, id, version(id), news.StageID(1)))
		wrote("Assign", "Anna: assign article", "", d.Assign(ctx, who, id, version(id), news.Assignment{Brief: "Go there."}))
		wrote("SetEmbargo", "Anna: embargo article", " -> ", d.SetEmbargo(ctx, who, id, version(id), soon()))
		quietly(d.SetEmbargo(ctx, who, id, version(id), time.Time{}))
		wrote("SetByline", "Anna: byline article", "in review -> in review", d.SetByline(ctx, who, id, version(id), []news.Credit{{Person: ida.ID}}))
		wrote("SetTopics", "Anna: topics article", "in review -> in review", d.SetTopics(ctx, who, id, version(id), []news.TopicID{tides.ID}))
		wrote("SetLeadPicture", "Anna: lead picture article", "in review -> in review", d.SetLeadPicture(ctx, who, id, version(id), 0, "Words."))
		wrote("Move", "Anna: move article", "in review -> in review", d.Move(ctx, who, id, version(id), 0))
		token, err := d.MakePreview(ctx, who, id, 0, soon())
		wrote("MakePreview", "Anna: make preview article", "until", err)
		wrote("EndPreview", "Anna: end preview article", "", d.EndPreview(ctx, who, id, desk.PreviewHash(token)))
		wrote("Schedule", "Anna: schedule article", "in review -> scheduled", d.Schedule(ctx, who, id, version(id), soon()))
		wrote("Restore", "Anna: restore article", "scheduled -> in review", d.Restore(ctx, who, id, version(id)))
		wrote("Trash", "Anna: trash article", "in review -> trashed", d.Trash(ctx, who, id, version(id)))
		quietly(d.Restore(ctx, who, id, version(id)))
		quietly(d.Schedule(ctx, who, id, version(id), soon()))
		d.now = soon()
		_, err = d.PublishDue(ctx)
		wrote("PublishDue", "the clock: publish article", "scheduled -> published", err)
		wrote("ChangeSlug", "Anna: slug article", "published -> published", d.ChangeSlug(ctx, who, id, version(id), "the-vote"))
		live := d.stands(t, id)
		wrote("Update", "Anna: update article", "published -> published", d.Desk.Update(ctx, who, &live))
		_, err = d.RestoreRevision(ctx, who, id, version(id), 1)
		wrote("RestoreRevision", "Anna: restore revision 1 article", "published -> published", err)
		other := d.draft(t, "Die Wahl", 0)
		quietly(d.Create(ctx, who, &news.Article{Kind: news.Story, Headline: "A vote", Language: "fr", TranslationGroup: id, Body: paragraphs("Un."), Comments: news.CommentsModerated}))
		french := news.ArticleID(other.ID + 1)
		german := d.stands(t, other.ID)
		german.Language = "de"
		quietly(d.Save(ctx, who, &german))
		wrote("JoinTranslation", "Anna: join article", "draft -> draft", d.JoinTranslation(ctx, who, other.ID, version(other.ID), french))
		wrote("PublishAs", "Anna: publish article", "draft -> published", d.PublishAs(ctx, who, other.ID, version(other.ID), d.now.AddDate(0, 0, -1)))
		wrote("Publish", "Anna: publish article", "draft -> published", d.Publish(ctx, who, french, version(french)))
		wrote("Withdraw", "Anna: withdraw article", "published -> withdrawn", d.Withdraw(ctx, who, other.ID, version(other.ID)))
		wrote("WithdrawFor", "Anna: withdraw article", "published -> withdrawn", d.WithdrawFor(ctx, who, french, version(french), news.Withdrawal{Reason: "Wrong."}))

		wrote("ChangeReason", "Anna: change reason article", "for readers, before: Wrong.", d.ChangeReason(ctx, who, french, news.Withdrawal{Reason: "Wrong."}, news.Withdrawal{Reason: "It names somebody."}))

		// Changes of what is out, and corrections.
		live = d.stands(t, id)
		later := func() *news.LaterChange {
			c := &news.LaterChange{Article: id, BasedOn: version(id), Fields: d.stands(t, id), Due: soon()}
			c.Fields.Kicker += "x"
			return c
		}
		c := later()
		wrote("ScheduleChange", "Ben: schedule change article", "none -> waiting", d.ScheduleChange(ctx, ben, c))
		wrote("ChangeHour", "Anna: change hour article", "waiting -> waiting", d.ChangeHour(ctx, who, c.ID, 1, soon().Add(time.Hour), false))
		wrote("ApplyChange", "Anna: publish change article", "published -> published", d.ApplyChange(ctx, who, c.ID, 2, false))
		c = later()
		quietly(d.ScheduleChange(ctx, ben, c))
		wrote("CancelChange", "Anna: cancel change article", "waiting -> cancelled", d.CancelChange(ctx, who, c.ID, 1))
		c = later()
		quietly(d.ScheduleChange(ctx, ben, c))
		wrote("TakeUpChange", "Anna: take up change article", "waiting -> taken up", d.TakeUpChange(ctx, who, c.ID, 1))
		quietly(d.ScheduleChange(ctx, ben, later()))
		d.now = soon()
		_, _, err = d.ApplyDueChanges(ctx)
		wrote("ApplyDueChanges", "the clock, for Ben: publish change article", "published -> published", err)
		c = later()
		quietly(d.ScheduleChange(ctx, ben, c))
		live = d.stands(t, id)
		live.Kicker = "Other"
		quietly(d.Save(ctx, who, &live))
		d.now = soon()
		_, _, err = d.ApplyDueChanges(ctx)
		wrote("ApplyDueChanges", "the clock, for Ben: change failed article", "waiting -> failed (both changed; both have changed: [kicker])", err)
		correction := &news.Correction{Article: id, Text: "It was seven."}
		wrote("Correct", "Anna: correct article", "none -> shown: It was seven.", d.Correct(ctx, who, correction))
		wrote("AmendCorrection", "Anna: amend correction article", "shown -> shown, amended: It was eight.", d.AmendCorrection(ctx, who, correction.ID, 1, "It was eight."))
		wrote("RemoveCorrection", "Anna: remove correction article", "shown -> removed: It was eight.", d.RemoveCorrection(ctx, who, correction.ID, 2))

		// Comments.
		quietly(d.ChangeSettings(ctx, who, func(s *news.Settings) error { s.CommentsOpen = true; return nil }))
		comment := &news.Comment{Article: id, Name: "Ole", Email: "ole@mail.example", Text: "Words."}
		quietly(d.PostComment(ctx, comment))
		wrote("ApproveComment", "Anna: approve comment", "held -> approved", d.ApproveComment(ctx, who, comment.ID))
		wrote("HoldComment", "Anna: hold comment", "approved -> held", d.HoldComment(ctx, who, comment.ID))
		wrote("RejectComment", "Anna: reject comment", "held -> rejected", d.RejectComment(ctx, who, comment.ID))
		_, err = d.DecideComments(ctx, who, []news.CommentID{comment.ID}, news.Rejected, news.Approved)
		wrote("DecideComments", "Anna: approve comment", "rejected -> approved", err)
		wrote("RemoveComment", "Anna: remove comment", "approved -> removed", d.RemoveComment(ctx, who, comment.ID))

		// Pictures.
		disk, _, _ := darkroom(t)
		p := d.addPicture(t, disk, 1)
		wrote("AddPicture", "Anna: add picture", "a.jpg", nil)
		picture := func() news.Picture {
			t.Helper()
			now, err := d.Picture(ctx, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			return now
		}
		described := picture()
		described.Alt = "A quay."
		wrote("DescribePicture", "Anna: describe picture", "", d.DescribePicture(ctx, who, described))
		wrote("SetFocus", "Anna: focus picture", "100 200", d.SetFocus(ctx, who, p.ID, news.Focus{X: 100, Y: 200}))
		wrote("SetRightsEnd", "Anna: rights picture", "2026", d.SetRightsEnd(ctx, who, p.ID, soon()))
		d.now = soon()
		_, err = d.EndRights(ctx)
		wrote("EndRights", "the clock: end of rights picture", "", err)
		wrote("DeletePicture", "Anna: delete picture", "a.jpg", d.DeletePicture(ctx, who, p.ID, picture().Version))

		// Fronts.
		front := func() *news.Front {
			t.Helper()
			f, err := d.Front(ctx, 0)
			if err != nil {
				t.Fatal(err)
			}
			return &f
		}
		wrote("Pin", "Anna: pin front", "", d.Pin(ctx, who, 0, news.FirstZone, id, soon()))
		d.now = soon()
		_, err = d.ExpirePins(ctx)
		wrote("ExpirePins", "the clock: expire front", " -> ", err)
		quietly(d.Pin(ctx, who, 0, news.FirstZone, id, time.Time{}))
		wrote("Unpin", "Anna: unpin front", "", d.Unpin(ctx, who, 0, id))
		f := front()
		f.Arrangement.Zone("opinion").Pins = []news.Pin{{Article: id}}
		wrote("SaveFront", "Anna: arrange front", "", d.SaveFront(ctx, who, f))
		wrote("RestoreFront", "Anna: restore front", " -> ", d.RestoreFront(ctx, who, 0, front().Version, 0))
		f = front()
		f.Arrangement.Zone("opinion").Pins = []news.Pin{{Article: id}}
		plan, err := d.ScheduleFront(ctx, who, f, soon())
		wrote("ScheduleFront", "Anna: schedule front", "", err)
		wrote("CancelFrontPlan", "Anna: cancel front", "", d.CancelFrontPlan(ctx, who, plan))
		_, err = d.ScheduleFront(ctx, who, f, soon())
		quietly(err)
		d.now = soon()
		_, err = d.ArrangeDue(ctx)
		wrote("ArrangeDue", "the clock: arrange front", "", err)

		// The paper itself.
		wrote("ChangeSettings", "Anna: change settings", "", d.ChangeSettings(ctx, who, func(s *news.Settings) error { s.Tagline = "All of it"; return nil }))
		settings, err := d.Settings(ctx)
		quietly(err)
		wrote("RestoreSettings", "Anna: restore version 1 settings", "", d.RestoreSettings(ctx, who, settings.Version, 1))
		wrote("ChangeMenu", "Anna: change menu", "", d.ChangeMenu(ctx, who, news.Menu{Name: news.FooterMenu, Items: []news.MenuItem{{Label: "x", URL: "https://other.example/"}}}))
		wrote("RebuildSearch", "Anna: rebuild search", "", d.RebuildSearch(ctx, who))
		stages, err := d.Stages(ctx)
		quietly(err)
		wrote("ChangeStages", "Anna: change stages", "", d.ChangeStages(ctx, who, stages.Version, func(s *news.Stages) error { s.List[1].Name = "Read over"; return nil }))
		wrote("RemoveStage", "Anna: remove stages", "", d.RemoveStage(ctx, who, stages.Version+1, 2, 1))
		wrote("MergeSections", "Anna: merge section", "Games -> World", d.MergeSections(ctx, who, sport.ID, sport.Version+3, world.ID, sections[world.ID].Version))
		wrote("MergeTopics", "Anna: merge topic", "Water -> Tides", d.MergeTopics(ctx, who, floods.ID, 3, tides.ID, 1))

		wrote("RetirePerson", "Anna: retire person", "Ida Berg", d.RetirePerson(ctx, who, ida.ID, 2, true))

		// Accounts.
		staff := &news.Staff{Email: "ole@paper.example", Name: "Ole", Grants: []news.Grant{{Role: news.Administrator}}}
		link, err := d.AddStaff(ctx, who, staff)
		wrote("AddStaff", "Anna: create staff", "Ole", err)
		_, err = d.AcceptLink(ctx, link, "hash")
		wrote("AcceptLink", "Ole <ole@paper.example>: change staff", "password", err)
		_, _, err = d.LinkStaff(ctx, who, staff.ID)
		wrote("LinkStaff", "Anna: invite staff", "", err)
		changed, err := d.Staff(ctx, staff.ID)
		quietly(err)
		changed.Name = "Ole Berg"
		wrote("ChangeStaff", "Anna: change staff", "Ole Berg", d.ChangeStaff(ctx, who, changed))
		wrote("ChangePassword", "Anna: change staff", "password", d.ChangePassword(ctx, who, staff.ID, "hash2", 0))
		passkey := &news.Passkey{Staff: staff.ID, Credential: "abc", Name: "Telephone", Record: []byte("{}")}
		wrote("AddPasskey", "Anna: add passkey staff", "Telephone", d.AddPasskey(ctx, who, passkey))
		wrote("RemovePasskey", "Anna: remove passkey staff", "", d.RemovePasskey(ctx, who, staff.ID, passkey.ID))
		wrote("SetTOTP", "Anna: change staff", "off -> on", d.SetTOTP(ctx, who, staff.ID, "secret", 1))
		codes, err := d.MakeRecoveryCodes(ctx, who, staff.ID)
		wrote("MakeRecoveryCodes", "Anna: change staff", "recovery codes", err)
		_, err = d.UseRecoveryCode(ctx, &changed, codes[0])
		wrote("UseRecoveryCode", "Ole Berg <ole@paper.example>: use recovery code staff", "", err)
		wrote("RemoveTOTP", "Anna: change staff", "on -> off", d.RemoveTOTP(ctx, who, staff.ID))
		_, err = d.SignIn(ctx, staff.ID, "password", "Firefox", "192.0.2.1")
		wrote("SignIn", "Ole Berg <ole@paper.example>: sign in staff", "password", err)
		wrote("EndSession", "Anna: sign out staff", "", d.EndSession(ctx, who, staff.ID, 1))
		wrote("EndSessions", "Anna: sign out staff", "other devices", d.EndSessions(ctx, who, staff.ID, 0))
		wrote("ForgetDevices", "Anna: forget devices staff", "", d.ForgetDevices(ctx, who, staff.ID))
		link, err = d.AddStaff(ctx, who, &news.Staff{Email: "eva@paper.example", Name: "Eva", Grants: []news.Grant{{Role: news.Administrator}}})
		quietly(err)
		_, err = d.AcceptLink(ctx, link, "hash")
		quietly(err)
		wrote("DisableStaff", "Anna: disable staff", "", d.DisableStaff(ctx, who, staff.ID))
		wrote("EnableStaff", "Anna: enable staff", "", d.EnableStaff(ctx, who, staff.ID))

		for i := range reflect.TypeFor[*desk.Desk]().NumMethod() {
			name := reflect.TypeFor[*desk.Desk]().Method(i).Name
			named := 0
			for _, there := range []bool{done[name], silent[name] != "", proved[name] != ""} {
				if there {
					named++
				}
			}
			if named != 1 {
				t.Errorf("%s stands in %d of what this test does, what is proved elsewhere and what writes no line", name, named)
			}
		}
	})
}
