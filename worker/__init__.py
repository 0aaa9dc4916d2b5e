"""What happens without anybody asking: deliveries, messages, escalations, erasures, comparisons.

Work that is due is rows in PostgreSQL. Whoever takes one holds its lock; whatever becomes of the
process, the lock goes with it and the row is due again. What is sent twice is kept once.
"""
