-- +goose Up

-- Somebody may have two links to choose a password with: one that was shown on the
-- screen, and one that went by mail.
create table staff_link_new (
	hash       text    primary key,
	staff_id   bigint  not null references staff (id),
	mailed     integer not null default 0 check (mailed in (0, 1)),
	kind       text    not null check (kind in ('invitation', 'reset')),
	expires_at bigint  not null,
	unique (staff_id, mailed)
);
insert into staff_link_new (hash, staff_id, kind, expires_at) select hash, staff_id, kind, expires_at from staff_link;
drop table staff_link;
alter table staff_link_new rename to staff_link;

-- From which devices somebody has signed in: the SHA-256 of a secret that the device
-- keeps. It opens nothing; attempts to sign in from there are counted apart.
create table known_device (
	hash     text   not null,
	staff_id bigint not null references staff (id),
	seen_at  bigint not null,
	primary key (hash, staff_id)
) without rowid -- sqlite
) -- postgres
;
create index known_device_staff on known_device (staff_id);

-- Letters to the paper's own people: those to be sent, and what became of them.
-- staff_id is null while nobody has looked who has that address; link is the hash of
-- the link on the screen that the letter goes with, '' where somebody has asked for
-- the letter themselves. No secret is here: the link in a letter is made when it is
-- sent. due_at is null when nothing is to be done any more; sent_at is null then
-- where it was given up.
create table letter (
	id       integer primary key, -- sqlite
	id       bigint primary key, -- postgres
	staff_id bigint,
	email    text    not null,
	language text    not null,
	link     text    not null default '',
	made_at  bigint  not null,
	due_at   bigint,
	attempts integer not null default 0,
	sent_at  bigint,
	problem  text    not null default ''
);
create index letter_due on letter (due_at) where due_at is not null;
create index letter_staff on letter (staff_id, id);

-- Comments may also be open: shown at once. A check of a column can't be changed in
-- SQLite, so the column is made anew.
alter table article add column comments_mode text not null default 'moderated' check (comments_mode in ('open', 'moderated', 'closed'));
update article set comments_mode = comments where comments <> 'moderated';
alter table article drop column comments;
alter table article rename column comments_mode to comments;

-- What other sites show of an article that is shared there; '' and null for what its
-- page says anyhow.
alter table article add column social_title text not null default '';
alter table article add column social_description text not null default '';
alter table article add column social_picture_id bigint references picture (id);

-- An import may leave it open which picture that is.
create table open_reference_new (
	source_id  bigint not null references import_source (id),
	article_id bigint not null references article (id),
	kind       text   not null check (kind in ('lead picture', 'social picture', 'parent', 'body')),
	old_id     text   not null,
	primary key (source_id, article_id, kind, old_id)
) without rowid -- sqlite
) -- postgres
;
insert into open_reference_new (source_id, article_id, kind, old_id) select source_id, article_id, kind, old_id from open_reference;
drop table open_reference;
alter table open_reference_new rename to open_reference;
