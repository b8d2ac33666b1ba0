-- Whom leads may be assigned to, and by which funnels: owners who change rules or the rota at the same moment do so one after the other.
select cast(json_build_object(
    'members', coalesce((select json_agg(a.member) from messaging.answering_members(caller.business_id) a), '[]'),
    'funnels', coalesce((select json_agg(f.id) from messaging.my_funnels('owner') f), '[]')) as text) as known,
  pg_advisory_xact_lock(hashtextextended(cast(caller.business_id as text), 64)) is null as locked
from (select cast(:#${variable.caller.businessId} as uuid) as business_id) caller
