package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.watch.Lift;
import eu.sinusnode.analysis.watch.Lifting;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/** The server's audit as where it is told that somebody takes a model out of the shadow, told again after passing failures. */
public final class HttpLifts implements Lifting.Audit {

    private static final String JOB = "model-watch";

    private final FhirHttp fhir;
    private final Retry retry;

    public HttpLifts(FhirHttp fhir, Retry retry) {
        this.fhir = fhir;
        this.retry = retry;
    }

    @Override
    public void tell(Lift lift, String shadow) {
        String decision = String.join("\n", lift.model(), shadow, lift.by(), lift.role(), lift.reason());
        Parameters told = new Parameters();
        told.addParameter("phase", new CodeType("lift"));
        told.addParameter(
                "run",
                new IdType(UUID.nameUUIDFromBytes(decision.getBytes(StandardCharsets.UTF_8))
                        .toString()));
        told.addParameter("job", new CodeType(JOB));
        told.addParameter("model", new StringType(lift.model()));
        told.addParameter("by", new StringType(lift.by().strip()));
        told.addParameter("role", new StringType(lift.role().strip()));
        told.addParameter("reason", new StringType(lift.reason().strip()));
        retry.run(() -> fhir.post(HttpRunLog.OPERATION, told, Parameters.class));
    }
}
