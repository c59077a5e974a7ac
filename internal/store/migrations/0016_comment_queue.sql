-- +goose Up

-- When and by whom a comment was brought into its state; of a held one, when it was
-- posted. One index has the order of every list of them.
alter table comment add column decided_at bigint not null default 0;
alter table comment add column decided_by text not null default '';
update comment set decided_at = posted_at;
drop index comment_held;
create index comment_queue on comment (state, decided_at, id) where kind = 'comment';
