-- Replies of leads, and what business people write to them by mail, join the conversation. A received entry has a sender, what was
-- received (original, where the body shows less of it), and the names of its attachments, which are not stored. It is stored once for
-- each id that its sender or provider gave it.

alter table messaging.thread_entries
  add column sender text check (char_length(sender) <= 320),
  add column original text check (char_length(original) <= 200000),
  add column is_automatic boolean not null default false,
  add column attachments jsonb not null default '[]' check (jsonb_typeof(attachments) = 'array'),
  add column received_id text check (char_length(received_id) between 1 and 1000);

-- A mail may consist of a photo alone.
alter table messaging.thread_entries drop constraint thread_entries_body_check;
alter table messaging.thread_entries add constraint thread_entries_body_check
  check (char_length(body) <= 10000 and (char_length(body) >= 1 or received_id is not null));

create unique index thread_entries_received_id on messaging.thread_entries (message_id, received_id) where received_id is not null;
create index thread_entries_recipient on messaging.thread_entries (recipient, created_at)
  where channel = 'sms' and direction = 'out';

grant insert (id, business_id, message_id, direction, channel, sender, recipient, subject, body, original, is_automatic, attachments, mail_id,
  received_id, created_at) on messaging.thread_entries to messaging_worker;
