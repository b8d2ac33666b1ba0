-- Stores the heartbeat of this instance, forgets instances that were silent for a minute, and gives what the other live ones say.
with mine as (
  select *, cast(:#${bean:providerHealth?method=report} as jsonb) as providers
  from jsonb_to_record(cast(:#${variable.report} as jsonb)) as r (id uuid, keys jsonb, settings jsonb)
),
stored as (
  insert into messaging.instances as i (id, keys, settings, providers)
  select id, keys, settings, providers from mine
  on conflict (id) do update set seen_at = clock_timestamp(), providers = excluded.providers
),
forgotten as (
  delete from messaging.instances i using mine
  where i.seen_at < clock_timestamp() - interval '1 minute' and i.id <> mine.id
)
select cast(coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'keys', i.keys, 'settings', i.settings,
  'providers', i.providers)), '[]') as text) as others
from messaging.instances i, mine
where i.id <> mine.id and i.seen_at >= clock_timestamp() - interval '1 minute'
