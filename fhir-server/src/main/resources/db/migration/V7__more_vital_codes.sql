-- Vital signs and step counts that have become part of the fast lane.

INSERT INTO sinusnode.vital_code (code, loinc, observation_code, unit) VALUES
    (5, '2708-6', '2708-6', '%'),
    (6, '40443-4', '40443-4', '/min'),
    (7, '9279-1', '9279-1', '/min'),
    (8, '8310-5', '8310-5', 'Cel'),
    (9, '8302-2', '8302-2', 'cm'),
    (10, '39156-5', '39156-5', 'kg/m2'),
    (11, '55423-8', '55423-8', '{steps}'),
    (12, '41950-7', '41950-7', '/d');
COMMENT ON COLUMN sinusnode.vital_reading.effective IS 'When it was measured; of what is counted over a period, its start';
