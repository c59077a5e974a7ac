-- +goose Up

-- The part of a picture that is shown, in pixels of it as seen; zeros show all.
alter table picture add column crop_x integer not null default 0;
alter table picture add column crop_y integer not null default 0;
alter table picture add column crop_w integer not null default 0;
alter table picture add column crop_h integer not null default 0;

-- The file that a picture had before the present one, with what belongs to it, for
-- whoever wants it back; for some weeks.
create table picture_before (
	picture_id integer primary key references picture (id), -- sqlite
	picture_id bigint primary key references picture (id), -- postgres
	replaced_at bigint  not null,
	replaced_by text    not null,
	name        text    not null,
	blob        text    not null,
	served      text    not null,
	type        text    not null,
	width       integer not null,
	height      integer not null,
	size        bigint  not null,
	focus_x     integer not null,
	focus_y     integer not null,
	focus_set   integer not null check (focus_set in (0, 1)),
	moving      integer not null check (moving in (0, 1)),
	crop_x      integer not null,
	crop_y      integer not null,
	crop_w      integer not null,
	crop_h      integer not null
);
create index picture_before_at on picture_before (replaced_at);
create index picture_before_blob on picture_before (blob);
create index picture_before_served on picture_before (served);
