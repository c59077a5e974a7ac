-- +goose Up

-- What was changed for readers, for other processes with the same file: process
-- is who wrote, refs a list in JSON. On PostgreSQL that goes by NOTIFY, and the
-- table stays empty.
create table change (
	id      integer primary key, -- sqlite
	id      bigint primary key, -- postgres
	process text not null,
	refs    text not null
);
