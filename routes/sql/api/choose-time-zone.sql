-- The first of these names of a time zone that the database knows; empty where it knows none.
select coalesce((
  select candidate.name
  from unnest(cast(:#${variable.timeZones} as text[])) with ordinality as candidate (name, place)
  where messaging.knows_zone(candidate.name)
  order by candidate.place
  limit 1), '') as time_zone
