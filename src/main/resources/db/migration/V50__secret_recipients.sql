-- Whoever knows the URL of an incoming webhook, such as Slack's, can post to the room behind it. Such a recipient of a channel is a secret
-- of its business: sealed, and shown by its host and its end only.
create table messaging.channel_secrets (
  channel_id uuid primary key references public.message_channels (id) on delete cascade,
  secret text not null,
  shown text not null check (char_length(shown) <= 300)
);
alter table messaging.channel_secrets enable row level security, force row level security;
revoke all on messaging.channel_secrets from public, anon, authenticated;

create policy worker_reads on messaging.channel_secrets for select to messaging_worker using (true);
create policy worker_changes on messaging.channel_secrets for update to messaging_worker using (true);
grant select, update (secret) on messaging.channel_secrets to messaging_worker;

-- People enter a secret and see what is shown of it, and never the secret.
create policy caller_reads on messaging.channel_secrets for select to authenticated
  using (exists (select from public.message_channels c where c.id = channel_id and c.business_id = (select messaging.acting_for('viewer'))));
create policy caller_adds on messaging.channel_secrets for insert to authenticated
  with check (exists (select from public.message_channels c where c.id = channel_id and c.business_id = (select messaging.acting_for('owner'))));
create policy caller_changes on messaging.channel_secrets for update to authenticated
  using (exists (select from public.message_channels c where c.id = channel_id and c.business_id = (select messaging.acting_for('owner'))));
create policy caller_deletes on messaging.channel_secrets for delete to authenticated
  using (exists (select from public.message_channels c where c.id = channel_id and c.business_id = (select messaging.acting_for('owner'))));
grant select (channel_id, shown), insert (channel_id, secret, shown), update (secret, shown), delete on messaging.channel_secrets
  to authenticated;
