-- +goose Up

-- What kind of journalism an article is, and who paid for it where somebody did.
alter table article add column genre text not null default 'news' check (genre in ('news', 'analysis', 'interview', 'opinion', 'review', 'sponsored'));
alter table article add column sponsor text not null default '';

-- Translations of one text have the same group: the id of one of them.
alter table article add column translation_group bigint;
create index article_translation on article (translation_group) where translation_group is not null;

-- What was wrong in an article and was put right: shown beneath it for good.
create table correction (
	id         integer primary key, -- sqlite
	id         bigint primary key, -- postgres
	article_id bigint not null references article (id),
	made_at    bigint not null,
	body       text   not null
);
create index correction_article on correction (article_id, made_at, id);

-- Where a picture must not be cut away, in thousandths of its width and height
-- from the top left, 0 while nobody has looked; whether an editor set it; and
-- the colour that stands for the picture until it has come, as "#4a5b6c".
alter table picture add column focus_x integer not null default 0;
alter table picture add column focus_y integer not null default 0;
alter table picture add column focus_set integer not null default 0 check (focus_set in (0, 1));
alter table picture add column colour text not null default '';
alter table picture add column moving integer not null default 0 check (moving in (0, 1));

-- The sizes and cuts of pictures that are in the blob store. name is shape and
-- width, as "3x2-640"; type the media type, of which a name may have two; stamp
-- tells of which file and with which focus it was made, as in its address.
create table rendition (
	picture_id bigint  not null references picture (id),
	name       text    not null,
	type       text    not null,
	stamp      text    not null,
	blob       text    not null,
	width      integer not null,
	height     integer not null,
	size       bigint  not null,
	primary key (picture_id, name, type)
) without rowid -- sqlite
) -- postgres
;

-- Pictures whose renditions are to be made. Whoever begins with one counts an
-- attempt and says when, should it not be done by then, others may try: due_at.
create table rendition_queue (
	picture_id integer primary key references picture (id), -- sqlite
	picture_id bigint primary key references picture (id), -- postgres
	attempts   integer not null default 0,
	due_at     bigint  not null default 0
);
insert into rendition_queue (picture_id) select id from picture where width > 0 and height > 0;
