-- Whether the demo may be made: in tables that this service made itself, and while there is no business at all.
select has_table_privilege('public.businesses', 'insert') and not exists (select from public.businesses) as allowed
