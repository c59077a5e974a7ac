-- +goose Up

-- What else is told about a picture: whose it is and on which terms it may be
-- shown, from whom the paper has it, what it is found by besides, when it was
-- taken (by the camera's clock, in whatever zone), who added it when (created_by
-- null for what was imported or came by a command), and who changed last what is
-- told. version rises with each of these changes.
alter table picture add column rights text not null default '';
alter table picture add column source text not null default '';
alter table picture add column keywords text not null default '';
alter table picture add column taken_at bigint;
alter table picture add column added_at bigint not null default 0;
alter table picture add column added_by text not null default '';
alter table picture add column created_by bigint;
alter table picture add column changed_by text not null default '';
alter table picture add column version integer not null default 1;

-- What the library's lists filter by, written with the picture: the kind of file,
-- whether readers can be shown it, whether alt and credit are there, and its words
-- as they are looked for: each after a space, folded. picture_word has each of these
-- words, to find those with a rare one at once.
alter table picture add column kind text not null default 'picture' check (kind in ('picture', 'sound', 'film', 'other'));
alter table picture add column usable integer not null default 0 check (usable in (0, 1));
alter table picture add column has_alt integer not null default 0 check (has_alt in (0, 1));
alter table picture add column has_credit integer not null default 0 check (has_credit in (0, 1));
alter table picture add column found_by text not null default '';

update picture set
	kind = case when type like 'audio/%' then 'sound' when type like 'video/%' then 'film' when type like 'image/%' or width > 0 then 'picture' else 'other' end,
	usable = case when served = '' or type like 'image/%' and (width = 0 or height = 0) then 0 else 1 end,
	has_alt = case when alt = '' then 0 else 1 end,
	has_credit = case when credit = '' then 0 else 1 end;
update picture set added_at = a.at, added_by = a.who
from audit a
where a.id in (select min(id) from audit where noun = 'picture' and verb in ('add', 'import') group by target) and picture.id = a.target;

-- A list with few hits need not read the pictures.
create index picture_desk on picture (id desc, kind, usable, created_by, added_at, has_alt, has_credit, rights_end, ended);
create index picture_blob on picture (blob);
create table picture_word (
	word       text   not null,
	picture_id bigint not null,
	primary key (word, picture_id)
) without rowid -- sqlite
) -- postgres
;

-- Where pictures are shown or linked to: in articles (place body or lead), in what
-- somebody has typed of one and not saved (the same, with their staff_id), with
-- people (portrait), in the settings (logo, target_id 0). Written with the thing,
-- in its transaction. Pictures that are not there have no rows.
create table picture_use (
	picture_id bigint not null references picture (id),
	noun       text   not null,
	target_id  bigint not null,
	place      text   not null,
	staff_id   bigint not null default 0,
	primary key (picture_id, noun, target_id, place, staff_id)
) without rowid -- sqlite
) -- postgres
;
create index picture_use_target on picture_use (noun, target_id, staff_id);

-- What was stored before these columns is read through once, in steps, after the
-- migrations; value is the last id that was done.
insert into setting (name, value) values ('pictures unread', '0'), ('bodies unread', '0');

-- Files of pictures that were deleted: taken from the disk after due_at, unless
-- something else has the same bytes.
create table blob_queue (
	blob   text   primary key,
	due_at bigint not null
);
create index blob_queue_due on blob_queue (due_at);
create index picture_served on picture (served);
create index rendition_blob on rendition (blob);
