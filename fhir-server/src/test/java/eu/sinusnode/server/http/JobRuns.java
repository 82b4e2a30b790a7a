package eu.sinusnode.server.http;

import java.math.BigDecimal;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;

/** What a job tells of its run. */
final class JobRuns {

    static final String MODEL = "af-rr-logistic 1.0.0, SHA-256 0f1e2d";

    private JobRuns() {}

    static Parameters start(UUID run) {
        Parameters start = phase("start", run);
        start.addParameter("model", new StringType(MODEL));
        start.addParameter("model", new StringType("home-bp 1"));
        start.addParameter("asOf", new InstantType("2026-11-20T12:00:00Z"));
        start.addParameter("since", new StringType("7012"));
        return start;
    }

    static Parameters end(UUID run, String outcome) {
        Parameters end = phase("end", run);
        end.addParameter("outcome", new CodeType(outcome));
        count(end, "patients", 12);
        count(end, "readings", 4_000_000_000L);
        return end;
    }

    static Parameters progress(UUID run, String share, long patients) {
        Parameters progress = phase("progress", run);
        progress.addParameter("share", new DecimalType(share));
        count(progress, "patients", patients);
        return progress;
    }

    static Parameters lift(UUID decision) {
        Parameters lift = phase("lift", decision);
        lift.addParameter("model", new StringType(MODEL));
        lift.addParameter("by", new StringType("Dr. Anke Vogel"));
        lift.addParameter("role", new StringType("medical lead"));
        lift.addParameter("reason", new StringType("AUC 0.81 on our own 400 admissions of 2025."));
        return lift;
    }

    /** The same with another value, of the type that it had. */
    static Parameters with(Parameters parameters, String name, String value) {
        boolean there = false;
        for (ParametersParameterComponent parameter : parameters.getParameter()) {
            if (parameter.getName().equals(name) && parameter.getValue() instanceof StringType text) {
                text.setValue(value);
                there = true;
            } else if (parameter.getName().equals(name) && parameter.getValue() instanceof IdType id) {
                id.setValue(value);
                there = true;
            }
        }
        if (!there) {
            parameters.addParameter(name, new StringType(value));
        }
        return parameters;
    }

    private static void count(Parameters end, String of, long number) {
        ParametersParameterComponent count = end.addParameter().setName("count");
        count.addPart().setName("of").setValue(new CodeType(of));
        count.addPart().setName("number").setValue(new DecimalType(BigDecimal.valueOf(number)));
    }

    private static Parameters phase(String phase, UUID run) {
        Parameters told = new Parameters();
        told.addParameter("phase", new CodeType(phase));
        told.addParameter("run", new IdType(run.toString()));
        told.addParameter("job", new CodeType("risk-scoring"));
        return told;
    }
}
