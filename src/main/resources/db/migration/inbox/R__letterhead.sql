-- Who writes to a lead: the name, time zone and reply address of the business that the caller acts for. Members may read no more
-- than this of the business.
-- Runs: called when a reply or the preview of a template is rendered.

grant create on schema messaging to messaging_worker;
set local role messaging_worker;

create or replace function messaging.letterhead() returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'name', coalesce(s.name, to_jsonb(b) ->> 'name'), 'timeZone', coalesce(s.time_zone, 'UTC'),
    'replyTo', (
      select c.config ->> 'to' from public.message_channels c where c.business_id = b.id and c.channel_type = 'email' limit 1))
  from public.businesses b
  left join messaging.business_settings s on s.business_id = b.id
  where b.id = messaging.acting_for('viewer')
$$;

revoke all on function messaging.letterhead() from public, anon, authenticated;
grant execute on function messaging.letterhead() to authenticated;

set local role none;
revoke create on schema messaging from messaging_worker;
