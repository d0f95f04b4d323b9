-- What somebody made is looked for once that one may let nobody in any more.
ALTER TABLE link ADD INDEX IF NOT EXISTS link_of_maker (made_by);
