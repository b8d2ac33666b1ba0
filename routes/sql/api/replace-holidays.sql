-- Replaces the holidays of a business by the given ones; leaves them alone where the request has none.
with given as (
  select cast(:#${variable.caller.businessId} as uuid) as business_id, n.date as day, n.name, n.spans
  from jsonb_to_recordset(cast(:#${variable.input.body} as jsonb) -> 'holidays') as n (date date, name text, spans jsonb)
),
removed as (
  delete from messaging.business_holidays d
  where d.business_id = cast(:#${variable.caller.businessId} as uuid) and jsonb_exists(cast(:#${variable.input.body} as jsonb), 'holidays')
    and d.day not in (select given.day from given)
)
insert into messaging.business_holidays as d (business_id, day, name, spans)
select business_id, day, name, spans from given
on conflict (business_id, day) do update set name = excluded.name, spans = excluded.spans
where d.name <> excluded.name or d.spans <> excluded.spans
