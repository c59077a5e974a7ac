-- +goose Up

-- The newsroom's lists tell how many articles there are in each state and stage. The
-- stage comes first, since no condition of a list should tempt to begin here.
create index article_tally on article (stage, state, kind, language, section_id, created_by, assigned_to, reviewer_id);
