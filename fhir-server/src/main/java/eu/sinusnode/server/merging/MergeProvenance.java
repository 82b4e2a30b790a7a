package eu.sinusnode.server.merging;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Reference;

/**
 * Who merged another Patient into one, and when, in the version that says so. It names no record that has moved: it would
 * carry the labels of all of them, and tell those who see one of them of the others.
 */
final class MergeProvenance {

    private MergeProvenance() {}

    /** @param target {@code Patient/[id]/_history/[version]} */
    static Provenance of(String target, Caller caller, Instant at) {
        Provenance merge = new Provenance();
        merge.addTarget(new Reference(target));
        merge.setRecorded(Date.from(at));
        merge.getActivity().addCoding().setSystem(Codes.LIFECYCLE_EVENTS).setCode(Codes.MERGE);
        ProvenanceAgentComponent agent = merge.addAgent();
        agent.getType()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/provenance-participant-type")
                .setCode("performer");
        agent.setWho(
                caller.organizationId() == null
                        ? new Reference().setDisplay("SinusNode")
                        : new Reference("Organization/" + caller.organizationId()));
        return merge;
    }
}
