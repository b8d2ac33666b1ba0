-- The first of these names of a time zone that the database knows; null where it knows none.
select (
  select candidate.name
  from unnest(string_to_array(:#${variable.timeZones}, ',')) with ordinality as candidate (name, place)
  where messaging.knows_zone(candidate.name)
  order by candidate.place
  limit 1) as time_zone
