-- +goose Up

-- Who of the staff has made an article (null for what was imported or made by a
-- command), who changed it last, and its headline as it is looked for: the
-- beginnings of words, each after a space, folded.
alter table article add column created_by bigint;
alter table article add column changed_by text not null default '';
alter table article add column found_by text not null default '';
update article set changed_by = coalesce((select r.saved_by from revision r where r.article_id = article.id and r.version = article.version), '');

-- The newsroom's lists go by the time of the last change. All that they filter by
-- is in the index, so that a list with few hits need not read the articles.
create index article_desk on article (changed_at desc, id desc, state, kind, language, section_id, created_by, changed_by, found_by);

-- What was done when a revision came to be, as in the audit log; '' for those
-- that are older than this column.
alter table revision add column verb text not null default '';

-- What somebody has typed into an article and not saved: one copy a person and
-- article. based_on is the article's version that it began with, counter rises
-- with each keeping. A copy that was dropped leaves its counter behind, so that a
-- late one does not come back: fields is null then.
create table working_copy (
	staff_id   bigint  not null,
	article_id bigint  not null references article (id),
	based_on   integer not null,
	counter    bigint  not null,
	fields     text,
	body       text    not null default '',
	saved_at   bigint  not null,
	primary key (staff_id, article_id)
);
create index working_copy_article on working_copy (article_id) where fields is not null;

-- Secret links to what is not public yet, by the SHA-256 of their token. staff_id
-- is whose working copy they show, null for the article itself.
create table preview (
	hash       text   primary key,
	article_id bigint not null references article (id),
	staff_id   bigint,
	made_by    text   not null,
	made_at    bigint not null,
	ends_at    bigint not null
);
create index preview_article on preview (article_id, made_at);
create index preview_ends on preview (ends_at);

-- Who has which article open in the newsroom, and when that was last heard of.
create table presence (
	article_id bigint  not null references article (id),
	staff_id   bigint  not null,
	seen_at    bigint  not null,
	typing     integer not null default 0 check (typing in (0, 1)),
	primary key (article_id, staff_id)
) without rowid -- sqlite
) -- postgres
;
create index presence_seen on presence (seen_at);
