-- Of an export in the pseudonymised form: how many patients are told less exactly than the others, since too few are like
-- them. NULL while it has not been counted, and for good when there are too few patients for anybody to be told.
ALTER TABLE sinusnode.export_job ADD COLUMN generalised integer;
