package eu.sinusnode.server.therapy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * What one figure is computed of.
 *
 * @param asked the orders or prescriptions, in the versions of the days that are looked at, or the goals
 * @param done measurements or intakes, the newest first
 */
record AdherenceSources(List<Resource> asked, List<Resource> done) {

    /** So many are named, as a risk flag names the values that tell most. */
    static final int NAMED = 12;

    AdherenceSources {
        asked = List.copyOf(asked);
        done = List.copyOf(done);
    }

    /** @param at when it was done, empty when it does not count */
    static <T extends Resource> AdherenceSources of(
            List<? extends Resource> asked, Stream<T> done, Function<T, Optional<Instant>> at) {
        record Dated(Resource source, Instant at) {}
        return new AdherenceSources(
                List.copyOf(asked),
                done.distinct()
                        .flatMap(source -> at.apply(source).map(when -> new Dated(source, when)).stream())
                        .sorted(Comparator.comparing(Dated::at).reversed())
                        .map(Dated::source)
                        .toList());
    }

    /** Versions of the newest of what was done. */
    Stream<Reference> references() {
        return done.stream().limit(NAMED).map(AdherenceSources::version);
    }

    /** What it was computed of may be sensitive, and then it is, too; all of it, not only what is named. */
    void label(Observation observation) {
        Stream.concat(asked.stream(), done.stream())
                .flatMap(source -> source.getMeta().getSecurity().stream())
                .filter(label -> observation.getMeta().getSecurity(label.getSystem(), label.getCode()) == null)
                .forEach(label -> observation.getMeta().addSecurity(label.getSystem(), label.getCode(), null));
    }

    /** Says what the Observation cannot. */
    Provenance provenance(Observation observation, Instant now) {
        String target = "Observation/" + observation.getIdElement().getIdPart();
        Provenance provenance = new Provenance();
        provenance.setId(new IdType(
                "Provenance",
                UUID.nameUUIDFromBytes(("provenance|" + target).getBytes(StandardCharsets.UTF_8))
                        .toString()));
        provenance.addTarget(new Reference(target)).setRecorded(Date.from(now));
        provenance
                .getActivity()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-DataOperation")
                .setCode("CREATE");
        provenance.addAgent().setWho(new Reference().setDisplay("SinusNode"));
        Stream.concat(asked.stream().map(AdherenceSources::version), references())
                .forEach(source -> provenance
                        .addEntity()
                        .setRole(ProvenanceEntityRole.SOURCE)
                        .setWhat(source));
        return provenance;
    }

    private static Reference version(Resource source) {
        return new Reference(source.getIdElement().toUnqualified().getValue());
    }
}
