-- +goose Up

-- How the front page (section_id 0) and the first pages of sections are arranged by
-- hand: arrangement is a JSON object, as store/front.go reads it. ends_at is when
-- the first of its pins ends.
create table front (
	section_id  bigint  primary key,
	version     integer not null,
	arrangement text    not null,
	ends_at     bigint,
	changed_at  bigint  not null,
	changed_by  text    not null
) without rowid -- sqlite
) -- postgres
;
create index front_ends on front (ends_at) where ends_at is not null;

-- Every state that a front was in. plan_id is the plan that the clock has put in
-- place then.
create table front_revision (
	section_id  bigint  not null,
	version     integer not null,
	saved_at    bigint  not null,
	saved_by    text    not null,
	verb        text    not null,
	arrangement text    not null,
	plan_id     bigint,
	primary key (section_id, version)
);

-- Arrangements that wait for their hour, and those that could not be put in place
-- then, until somebody has seen it.
create table front_plan (
	id          integer primary key, -- sqlite
	id          bigint primary key, -- postgres
	section_id  bigint  not null,
	based_on    integer not null,
	at          bigint  not null,
	state       text    not null check (state in ('waiting', 'failed')),
	arrangement text    not null,
	made_at     bigint  not null,
	made_by     text    not null
);
create index front_plan_due on front_plan (at) where state = 'waiting';
create index front_plan_front on front_plan (section_id, at);

-- What somebody who arranges a front looks at, one for each of them and each front,
-- by the SHA-256 of the token of its address.
create table front_preview (
	hash        text   primary key,
	section_id  bigint not null,
	staff_id    bigint not null,
	arrangement text   not null,
	ends_at     bigint not null,
	unique (section_id, staff_id)
);
create index front_preview_ends on front_preview (ends_at);

-- What was pinned stands first on the front page, the newest before all others.
insert into front (section_id, version, arrangement, ends_at, changed_at, changed_by)
select 0, 1,
	json_object('zones', json_array(json_object('name', '', 'pins', json_group_array(json_object('article', id, 'until', coalesce(pinned_until, 0)) order by published_at desc, id desc)))), -- sqlite
	json_build_object('zones', json_build_array(json_build_object('name', '', 'pins', json_agg(json_build_object('article', id, 'until', coalesce(pinned_until, 0)) order by published_at desc nulls last, id desc)))), -- postgres
	min(pinned_until), max(changed_at), ''
from article where pinned = 1 and kind = 'story'
having count(*) > 0;
insert into front_revision (section_id, version, saved_at, saved_by, verb, arrangement)
select section_id, version, changed_at, changed_by, 'pin', arrangement from front;

drop index article_pinned;
drop index article_pinned_until;
alter table article drop column pinned;
alter table article drop column pinned_until;
