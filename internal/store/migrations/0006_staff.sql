-- +goose Up

-- Who may sign in to the newsroom. password is a hash with its parameters, ''
-- while none was chosen; totp the secret of the app that makes codes, '' for
-- none, and totp_step the last time step of which a code was taken.
create table staff (
	id          integer primary key, -- sqlite
	id          bigint primary key, -- postgres
	email       text   not null unique,
	name        text   not null,
	language    text   not null default '',
	password    text   not null default '',
	totp        text   not null default '',
	totp_step   bigint not null default 0,
	disabled_at bigint,
	version     integer not null default 1,
	created_at  bigint not null
);

-- What each of them is; section_id is 0 for the whole paper.
create table staff_role (
	staff_id   bigint not null references staff (id),
	role       text   not null,
	section_id bigint not null default 0,
	primary key (staff_id, role, section_id)
) without rowid -- sqlite
) -- postgres
;

-- Links with which somebody chooses a password, one at most for each. Of the
-- secret in it only the hash is here, as in all tables below.
create table staff_link (
	staff_id   integer primary key references staff (id), -- sqlite
	staff_id   bigint primary key references staff (id), -- postgres
	hash       text   not null unique,
	kind       text   not null check (kind in ('invitation', 'reset')),
	expires_at bigint not null
);

create table staff_session (
	id         integer primary key, -- sqlite
	id         bigint primary key, -- postgres
	staff_id   bigint not null references staff (id),
	hash       text   not null unique,
	device     text   not null,
	address    text   not null,
	began_at   bigint not null,
	seen_at    bigint not null
);
create index staff_session_staff on staff_session (staff_id);

-- Signing in that has begun and waits for its second part: a code, or a passkey's
-- answer. data is what the second part is checked against.
create table staff_pending (
	hash       text primary key,
	kind       text   not null,
	staff_id   bigint references staff (id),
	data       text   not null,
	expires_at bigint not null
);

create table passkey (
	id         integer primary key, -- sqlite
	id         bigint primary key, -- postgres
	staff_id   bigint not null references staff (id),
	credential text   not null unique,
	name       text   not null,
	record     text   not null,
	made_at    bigint not null,
	used_at    bigint
);
create index passkey_staff on passkey (staff_id);

create table recovery_code (
	staff_id bigint not null references staff (id),
	hash     text   not null,
	primary key (staff_id, hash)
) without rowid -- sqlite
) -- postgres
;
