-- +goose Up

-- Rises by one with each write, so that a form that stood open meanwhile overwrites
-- nothing.
alter table setting add column version integer not null default 1;
alter table menu add column version integer not null default 1;

-- What the settings ('settings') and the menus ('menu/NAME') said from a version
-- on, as JSON: who made it so and when; verb is '' where the version is older than
-- this table.
create table paper_revision (
	part     text    not null,
	version  integer not null,
	saved_at bigint  not null,
	saved_by text    not null,
	verb     text    not null,
	value    text    not null,
	primary key (part, version)
);

-- Secret links to the front page with settings or menus that nobody has saved, by
-- the SHA-256 of their token.
create table paper_preview (
	hash    text   primary key,
	paper   text   not null,
	ends_at bigint not null
);
create index paper_preview_ends on paper_preview (ends_at);

-- People who write no more are not offered for a byline; their page stays.
alter table person add column retired integer not null default 0 check (retired in (0, 1));

-- Names as the newsroom looks for them: the beginnings of words, each after a
-- space, folded. Its lists go by them.
alter table topic add column found_by text not null default '';
alter table person add column found_by text not null default '';
create index topic_found on topic (found_by, id);
create index person_found on person (found_by, id);

-- The order of standing pages below one (0: at the top): those that nobody has put
-- in order are not here.
create table page_order (
	article_id integer primary key references article (id), -- sqlite
	article_id bigint primary key references article (id), -- postgres
	position   integer not null
);
create index article_pages on article (id) where kind = 'page';
