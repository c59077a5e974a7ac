-- +goose Up

-- Where the next id of each table comes from. Batches take many at once and
-- know them before they insert, the same way on both engines.
create table sequence (
	name text primary key,
	next bigint not null
);

-- What the paper is, each value as JSON.
create table setting (
	name  text primary key,
	value text not null
);

create table menu (
	name  text primary key,
	items text not null
);

-- The languages that articles are in, so that a search need not look.
create table language (
	tag text primary key
);

create table section (
	id          integer primary key, -- sqlite
	id          bigint primary key, -- postgres
	parent_id   bigint references section (id) deferrable initially deferred,
	name        text not null,
	slug        text not null,
	description text not null default '',
	position    integer not null default 0
);
create index section_parent on section (parent_id);

create table topic (
	id          integer primary key, -- sqlite
	id          bigint primary key, -- postgres
	name        text not null,
	slug        text not null unique,
	description text not null default ''
);

create table picture (
	id      integer primary key, -- sqlite
	id      bigint primary key, -- postgres
	name    text not null,
	blob    text not null default '',
	served  text not null default '',
	type    text not null default '',
	width   integer not null default 0,
	height  integer not null default 0,
	size    bigint not null default 0,
	title   text not null default '',
	alt     text not null default '',
	caption text not null default '',
	credit  text not null default ''
);

create table person (
	id         integer primary key, -- sqlite
	id         bigint primary key, -- postgres
	name       text not null,
	slug       text not null unique,
	email      text not null default '',
	biography  text not null default '',
	website    text not null default '',
	picture_id bigint references picture (id)
);

-- Bodies are written once and never changed, so that an article and its
-- revisions share one. original is the HTML that an imported body came from.
create table body (
	id       integer primary key, -- sqlite
	id       bigint primary key, -- postgres
	doc      text not null,
	original text
);

create table article (
	id                 integer primary key, -- sqlite
	id                 bigint primary key, -- postgres
	kind               text not null check (kind in ('story', 'page')),
	state              text not null check (state in ('draft', 'in review', 'scheduled', 'published', 'withdrawn', 'trashed')),
	version            integer not null,
	language           text not null,
	kicker             text not null default '',
	headline           text not null default '',
	standfirst         text not null default '',
	slug               text not null default '',
	section_id         bigint references section (id),
	parent_id          bigint references article (id) deferrable initially deferred,
	body_id            bigint not null references body (id),
	excerpt            text not null default '',
	summary            text not null default '',
	lead_picture_id    bigint references picture (id),
	lead_caption       text not null default '',
	search_title       text not null default '',
	search_description text not null default '',
	source_name        text not null default '',
	source_url         text not null default '',
	source_licence     text not null default '',
	rights_holder      text not null default '',
	comments           text not null check (comments in ('moderated', 'closed')),
	pinned             integer not null default 0 check (pinned in (0, 1)),
	guid               text not null default '',
	created_at         bigint not null,
	changed_at         bigint not null,
	published_at       bigint,
	updated_at         bigint,
	scheduled_at       bigint
);
create index article_latest on article (published_at desc, id desc) where state = 'published' and kind = 'story';
create index article_pinned on article (published_at desc, id desc) where state = 'published' and pinned = 1;
create index article_scheduled on article (scheduled_at) where state = 'scheduled';
create index article_parent on article (parent_id) where parent_id is not null;

create table article_section (
	article_id bigint  not null references article (id),
	position   integer not null,
	section_id bigint  not null references section (id),
	primary key (article_id, position)
) without rowid -- sqlite
) -- postgres
;
create index article_section_section on article_section (section_id);

create table article_topic (
	article_id bigint  not null references article (id),
	position   integer not null,
	topic_id   bigint  not null references topic (id),
	primary key (article_id, position)
) without rowid -- sqlite
) -- postgres
;
create index article_topic_topic on article_topic (topic_id);

create table byline (
	article_id bigint  not null references article (id),
	position   integer not null,
	person_id  bigint  not null references person (id),
	role       text    not null default '',
	primary key (article_id, position)
) without rowid -- sqlite
) -- postgres
;
create index byline_person on byline (person_id);

-- What the list of each section (with all above it), topic and person shows, in
-- its order: public stories only. Written with the article, in its transaction.
create table listing (
	noun         text   not null check (noun in ('section', 'topic', 'person')),
	target_id    bigint not null,
	published_at bigint not null,
	article_id   bigint not null references article (id),
	primary key (noun, target_id, published_at, article_id)
) without rowid -- sqlite
) -- postgres
;

-- A revision holds all fields of an article as they stood at a version.
create table revision (
	article_id bigint  not null references article (id),
	version    integer not null,
	saved_at   bigint  not null,
	saved_by   text    not null,
	fields     text    not null,
	body_id    bigint  not null references body (id),
	primary key (article_id, version)
);

create table address (
	path      text primary key,
	noun      text   not null default '',
	target_id bigint not null default 0,
	state     text   not null check (state in ('reserved', 'current', 'moved', 'gone')),
	moved_to  text   not null default ''
);
create index address_target on address (noun, target_id, state);

create table comment (
	id          integer primary key, -- sqlite
	id          bigint primary key, -- postgres
	article_id  bigint not null references article (id),
	parent_id   bigint references comment (id) deferrable initially deferred,
	kind        text   not null default 'comment' check (kind in ('comment', 'ping')),
	state       text   not null check (state in ('held', 'approved', 'rejected', 'spam', 'removed')),
	name        text   not null,
	email       text   not null default '',
	website     text   not null default '',
	body        text   not null,
	address     text   not null default '',
	posted_at   bigint not null,
	old_id      bigint,
	fingerprint text
);
create unique index comment_fingerprint on comment (fingerprint) where fingerprint is not null;
create index comment_article on comment (article_id, posted_at, id);
create index comment_held on comment (posted_at, id) where state = 'held';
create index comment_address on comment (posted_at) where address <> '';

create table audit (
	id     integer primary key, -- sqlite
	id     bigint primary key, -- postgres
	at     bigint not null,
	who    text   not null,
	verb   text   not null,
	noun   text   not null,
	target bigint not null,
	detail text   not null default ''
);

-- Articles whose words, as of version, are not in the search index yet.
create table search_queue (
	article_id integer primary key references article (id), -- sqlite
	article_id bigint primary key references article (id), -- postgres
	version    integer not null
);

-- rank orders the index by publication, newest last, and is the row id in
-- search_words.
create table search_entry (
	article_id integer primary key references article (id), -- sqlite
	article_id bigint primary key references article (id), -- postgres
	words      tsvector not null, -- postgres
	rank       bigint not null unique
);
create index search_entry_words on search_entry using gin (words); -- postgres
create virtual table search_words using fts5 (words, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'"); -- sqlite
insert into search_words (search_words, rank) values ('automerge', 8); -- sqlite
insert into search_words (search_words, rank) values ('crisismerge', 64); -- sqlite

-- Old systems that a paper was imported from, by the address of the old site.
create table import_source (
	id      integer primary key, -- sqlite
	id      bigint primary key, -- postgres
	kind    text not null,
	address text not null unique
);

-- What each old item became. version is the article's version after the last
-- import of it: a higher one means that it was edited here since.
create table imported (
	source_id bigint  not null references import_source (id),
	noun      text    not null,
	old_id    text    not null,
	new_id    bigint  not null,
	hash      text    not null,
	version   integer not null default 0,
	primary key (source_id, noun, old_id)
) without rowid -- sqlite
) -- postgres
;
create index imported_new on imported (noun, new_id);

-- What an imported article names and the import has not found yet.
create table open_reference (
	source_id  bigint not null references import_source (id),
	article_id bigint not null references article (id),
	kind       text   not null check (kind in ('lead picture', 'parent', 'body')),
	old_id     text   not null,
	primary key (source_id, article_id, kind, old_id)
) without rowid -- sqlite
) -- postgres
;
