package eu.sinusnode.server.therapy;

import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The Parameters of {@code CarePlan/[id]/$activate}.
 *
 * @param version of the plan that the clinician has looked at: its {@code meta.versionId}
 */
record ActivateRequest(String version) {

    static ActivateRequest read(@Nullable IBaseResource body) {
        if (body instanceof Parameters parameters
                && parameters.getParameter().size() == 1
                && "version".equals(parameters.getParameterFirstRep().getName())
                && parameters.getParameterFirstRep().getValue() instanceof IdType version
                && String.valueOf(version.getIdPart()).matches("[1-9]\\d{0,17}")) {
            return new ActivateRequest(version.getIdPart());
        }
        throw ApplyRequest.malformed("it takes version alone, an id: meta.versionId of the plan that was looked at");
    }
}
