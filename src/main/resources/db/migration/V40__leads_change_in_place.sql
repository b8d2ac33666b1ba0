-- A lead is shown as pending and then as sent. Where its page has room for the new version, no index of the lead is written again,
-- among them the one that finds it by any part of any word. Rows that are there keep their place; new ones leave half of each page free.
alter table public.messages set (fillfactor = 50);
