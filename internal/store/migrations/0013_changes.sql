-- +goose Up

-- What is to become of a live article: all fields as somebody has saved them, made
-- from its version based_on. due_at is the hour at which the clock puts it in, null
-- for one that waits for a person. One that was put in or thrown away is no row any
-- more; one that could not be put in is "failed", with the reason.
create table later_change (
	id           integer primary key, -- sqlite
	id           bigint primary key, -- postgres
	article_id   bigint  not null references article (id),
	based_on     integer not null,
	fields       text    not null,
	body         text    not null,
	due_at       bigint,
	says_updated integer not null default 0 check (says_updated in (0, 1)),
	state        text    not null check (state in ('waiting', 'failed')),
	reason       text    not null default '',
	made_by      text    not null,
	made_at      bigint  not null,
	failed_at    bigint,
	version      integer not null default 1
);
create index later_change_article on later_change (article_id);
create index later_change_due on later_change (due_at, id) where state = 'waiting' and due_at is not null;

-- The change of a live article that a working copy is to take the place of.
alter table working_copy add column change_id bigint;
alter table working_copy add column change_version integer not null default 0;

-- The change with which a preview shows the article; null for none.
alter table preview add column change_id bigint;

-- Why an article was withdrawn: for readers, and for colleagues alone.
create table withdrawal (
	article_id   integer primary key references article (id), -- sqlite
	article_id   bigint primary key references article (id), -- postgres
	reason       text   not null default '',
	note         text   not null default '',
	withdrawn_by text   not null,
	withdrawn_at bigint not null
);

-- A correction is amended or taken away in the open: what it said before stays.
alter table correction add column version integer not null default 1;
alter table correction add column amended_at bigint;
alter table correction add column removed_at bigint;
create index correction_latest on correction (made_at desc, id desc) where removed_at is null;

create table correction_before (
	correction_id bigint  not null references correction (id),
	version       integer not null,
	ended_at      bigint  not null,
	ended_by      text    not null,
	body          text    not null,
	primary key (correction_id, version)
);

-- The log is looked through by thing, person, verb and time; nothing in it is ever
-- changed or taken away.
create index audit_target on audit (noun, target, id);
create index audit_who on audit (who, id);
create index audit_who_verb on audit (who, verb, id);
create index audit_verb on audit (verb, id);
create index audit_at on audit (at, id);

create trigger audit_unchanged before update on audit begin select raise(abort, 'the log is not changed'); end; -- sqlite
create trigger audit_undeleted before delete on audit begin select raise(abort, 'the log is not changed'); end; -- sqlite
create function audit_stays() returns trigger language plpgsql as $$ begin raise exception 'the log is not changed'; end $$; -- postgres
create trigger audit_unchanged before update or delete on audit for each row execute function audit_stays(); -- postgres
create trigger audit_untruncated before truncate on audit for each statement execute function audit_stays(); -- postgres
