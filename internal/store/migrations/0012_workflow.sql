-- +goose Up

-- What is not public yet is a draft, in one of the newsroom's own stages: 0 is the
-- first, 1 the one for review. Which there are stands in "setting". The check of
-- the column "state" goes on naming 'in review': nothing writes it any more, and
-- only to write the whole table anew would take it out.
alter table article add column stage bigint not null default 0;
update article set state = 'draft', stage = 1 where state = 'in review';

-- Who of the staff is to write an article and who to review it, what they are told,
-- when it is to be done, and the hour before which it is not published.
alter table article add column assigned_to bigint;
alter table article add column reviewer_id bigint;
alter table article add column brief text not null default '';
alter table article add column due_at bigint;
alter table article add column embargo_at bigint;
create index article_due on article (due_at) where due_at is not null;

drop index article_desk;
create index article_desk on article (changed_at desc, id desc, state, stage, kind, language, section_id, created_by, assigned_to, reviewer_id, changed_by,
	due_at, published_at, scheduled_at, found_by);

-- What colleagues tell each other about an article, or about a passage of its text:
-- quote with what stands before and behind it, so that it is found again when the
-- text has changed; '' for the whole article. block is where it stood, counted from
-- 1. A reply has a parent and no passage.
create table note (
	id          integer primary key, -- sqlite
	id          bigint primary key, -- postgres
	article_id  bigint  not null references article (id),
	parent_id   bigint  references note (id),
	staff_id    bigint  not null,
	made_at     bigint  not null,
	body        text    not null,
	block       integer not null default 0,
	quote       text    not null default '',
	prefix      text    not null default '',
	suffix      text    not null default '',
	resolved_at bigint,
	resolved_by bigint
);
create index note_article on note (article_id, id);
