package eu.sinusnode.server.merging;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.narrowing.References;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What a merge is asked for.
 *
 * @param sourceId id of the Patient that ends
 * @param targetId id of the Patient that remains
 * @param result what the target is to say then; null when it stays as it is
 * @param preview whether it is only asked what would happen
 */
record MergeRequest(
        String sourceId, String targetId, @Nullable Patient result, boolean preview) {

    static final String SOURCE = "source-patient";
    static final String TARGET = "target-patient";
    static final String RESULT = "result-patient";
    static final String PREVIEW = "preview";

    private static final String PATIENT = "Patient/";

    /** Reads Parameters (build.fhir.org/patient-operation-merge.html) that name both Patients by reference. */
    static MergeRequest read(@Nullable IBaseResource body, References references) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters with " + SOURCE + " and " + TARGET);
        }
        String source = null;
        String target = null;
        Patient result = null;
        boolean preview = false;
        Set<String> seen = new HashSet<>();
        for (ParametersParameterComponent each : parameters.getParameter()) {
            String name = String.valueOf(each.getName());
            if (!seen.add(name)) {
                throw malformed("each parameter may be there once");
            }
            switch (name) {
                case SOURCE -> source = patient(each, references);
                case TARGET -> target = patient(each, references);
                case RESULT -> result = result(each);
                case PREVIEW -> preview = preview(each);
                default ->
                    throw malformed("it takes " + SOURCE + ", " + TARGET + ", " + RESULT + " and " + PREVIEW
                            + ", and no others");
            }
        }
        if (source == null || target == null) {
            throw malformed((source == null ? SOURCE : TARGET) + " is missing");
        }
        if (result != null && !target.equals(result.getIdElement().getIdPart())) {
            throw malformed(RESULT + " has the id of the target");
        }
        return new MergeRequest(source, target, result, preview);
    }

    private static String patient(ParametersParameterComponent parameter, References references) {
        return Optional.ofNullable(parameter.getValue() instanceof Reference reference ? reference : null)
                .map(Reference::getReference)
                .filter(literal -> !literal.contains("/_history/"))
                .flatMap(references::canonical)
                .filter(canonical -> canonical.startsWith(PATIENT))
                .map(canonical -> canonical.substring(PATIENT.length()))
                .orElseThrow(() -> malformed(parameter.getName() + " is a reference to a Patient of this server"));
    }

    private static Patient result(ParametersParameterComponent parameter) {
        if (parameter.getResource() instanceof Patient patient) {
            return patient;
        }
        throw malformed(RESULT + " is a Patient");
    }

    private static boolean preview(ParametersParameterComponent parameter) {
        if (parameter.getValue() instanceof BooleanType flag && flag.hasValue()) {
            return flag.booleanValue();
        }
        throw malformed(PREVIEW + " is a boolean");
    }

    private static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.MERGE_REQUEST, what);
    }
}
