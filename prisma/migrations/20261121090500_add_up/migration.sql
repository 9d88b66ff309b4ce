-- A sum of 64-bit integers that stays one, and fails past 64 bits. SUM answers a numeric, which takes twice as long to make
-- and to turn back. Of no rows it is 0.
CREATE AGGREGATE "add_up"(BIGINT) (SFUNC = int8pl, STYPE = BIGINT, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE);
