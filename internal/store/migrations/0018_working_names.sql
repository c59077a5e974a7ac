-- +goose Up

-- Names of a working copy as they were typed, which may be nobody's yet.
alter table working_copy add column names text not null default '{}';
