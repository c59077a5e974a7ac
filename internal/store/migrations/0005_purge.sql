-- +goose Up

-- What a CDN is still to be told of: refs a list in JSON, round how often it was
-- told already, due_at when it is the next time.
create table purge (
	id       integer primary key, -- sqlite
	id       bigint primary key, -- postgres
	refs     text    not null,
	round    integer not null default 0,
	attempts integer not null default 0,
	due_at   bigint  not null
);
create index purge_due on purge (due_at);
