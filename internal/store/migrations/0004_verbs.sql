-- +goose Up

-- A retired section or topic takes no new articles and stands in no menu; its
-- page stays.
alter table section add column retired integer not null default 0 check (retired in (0, 1));
alter table topic add column retired integer not null default 0 check (retired in (0, 1));

-- Until when an article stands first on the front page; null for no end.
alter table article add column pinned_until bigint;
create index article_pinned_until on article (pinned_until) where pinned_until is not null;

-- Until when a picture may be shown; null for no end. That it has come is written
-- by the clock, so that what readers see changes by a write alone.
alter table picture add column rights_end bigint;
alter table picture add column ended integer not null default 0 check (ended in (0, 1));
create index picture_rights_end on picture (rights_end) where rights_end is not null and ended = 0;
