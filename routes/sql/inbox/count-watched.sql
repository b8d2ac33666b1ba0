-- What the badge shows, for all who watch a business: as the API counts it, but not for one of them, who may have to go meanwhile.
select cast(json_build_object(
    'unread', (select count(*) from (
      select from public.messages m where m.business_id = cast(:#${variable.business} as uuid) and m.status = 'unread'
        and m.quarantined_at is null limit 10000) c),
    'waiting', (select count(*) from (
      select from public.messages m where m.business_id = cast(:#${variable.business} as uuid) and m.status in ('unread', 'read')
        and m.quarantined_at is null limit 10000) c),
    'quarantined', (select count(*) from (
      select from public.messages m where m.business_id = cast(:#${variable.business} as uuid) and m.status in ('unread', 'read')
        and m.quarantined_at is not null limit 10000) c)) as text) as counts
