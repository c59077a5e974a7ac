-- +goose Up

-- Rises by one with each write, so that a form that stood open meanwhile overwrites
-- nothing.
alter table section add column version integer not null default 1;
alter table topic add column version integer not null default 1;
alter table person add column version integer not null default 1;
