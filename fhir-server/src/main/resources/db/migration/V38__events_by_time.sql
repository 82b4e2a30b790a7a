-- Which Subscriptions have something to be told is asked of what waits, not of every Subscription in turn.

CREATE INDEX subscription_event_occurred ON sinusnode.subscription_event (occurred, subscription);
