-- The new one first: hand-outs of the version before go on with either.
CREATE INDEX "items_waiting_idx" ON "items" USING btree ("connection","session_id","due_at") WHERE "items"."status" = 'waiting' and "items"."ready";--> statement-breakpoint
DROP INDEX "items_due_idx";