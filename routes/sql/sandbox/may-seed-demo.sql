-- Whether the demo may be made: in tables that this service made itself, and while there is no business but that of the canaries.
select has_table_privilege('public.businesses', 'insert') and not exists (
  select from public.businesses b where b.id not in (select c.business_id from messaging.canaries c)) as allowed
