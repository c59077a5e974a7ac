package app

import (
	"context"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/job"
	"broadsheet/internal/mail"
)

// mailer is the mail server that the configuration names; nil for none.
func (a *App) mailer() *mail.Server {
	c := &a.Config.SMTP
	if !c.On() {
		return nil
	}
	return &mail.Server{Host: c.Host, Port: c.DialPort(), User: c.User, Password: string(c.Password), Security: mail.Security(c.TLS), From: c.Sender()}
}

// sendLetters is the job that hands letters over to the mail server, as write has
// them.
func (a *App) sendLetters(to *mail.Server, write func(context.Context, desk.Post) (mail.Letter, error)) job.Job {
	send := func(ctx context.Context, p desk.Post) error {
		l, err := write(ctx, p)
		if err != nil {
			return err
		}
		return to.Send(ctx, l)
	}
	return job.Job{Name: "send letters", Every: time.Second, Do: func(ctx context.Context) (bool, error) {
		return false, a.Desk.SendLetters(ctx, send, a.logLetter)
	}}
}

// logLetter writes down what became of a letter.
func (a *App) logLetter(r desk.LetterResult) {
	log := a.Log.With("account", r.To, "kind", string(r.Kind))
	switch {
	case r.Failed == nil:
		log.Info("a letter was handed over to the mail server")
	case r.Next.IsZero():
		log.Error("the mail server does not take a letter; it is given up", "err", r.Failed)
	default:
		log.Error("a letter could not be sent and will be tried again", "at", r.Next, "err", r.Failed)
	}
}
