package eu.sinusnode.analysis.replay;

import eu.sinusnode.analysis.flag.FlagComparison;
import eu.sinusnode.analysis.flag.ManifestEntity;
import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.manifest.ResultHash;
import eu.sinusnode.analysis.manifest.ScoringCode;
import eu.sinusnode.analysis.replay.ReplayOutcome.Kind;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.RiskResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;

/** Computes one flag again. It never guesses: what cannot be had, or another program or model, is said instead of a number. */
public final class Replay {

    private final List<RiskModel> models;
    private final String code;

    /** @param models those of this program, each loaded only with the hash that it states */
    public Replay(List<RiskModel> models) {
        this(models, ScoringCode.sha256());
    }

    Replay(List<RiskModel> models, String code) {
        this.models = models;
        this.code = code;
    }

    /**
     * @param flag in the version that is asked about
     * @param provenances of the flag, of all versions
     */
    public ReplayOutcome of(Observation flag, List<Provenance> provenances, RecordedInputs recorded) {
        Optional<String> hash = ManifestEntity.named(flag);
        if (hash.isEmpty()) {
            return ReplayOutcome.notReplayable(
                    "The flag names no replay manifest: it is no flag of a model, or of a release that wrote none.");
        }
        try {
            return ManifestEntity.find(provenances, hash.get())
                    .map(manifest -> of(flag, manifest, recorded))
                    .orElseGet(() -> ReplayOutcome.notReplayable(
                            "No Provenance of the flag holds the manifest that it names; it is erased, withheld or not"
                                    + " there."));
        } catch (IOException unreadable) {
            return new ReplayOutcome(Kind.DIFFERING, List.of("The manifest is not the one that the flag names."));
        }
    }

    private ReplayOutcome of(Observation flag, ReplayManifest manifest, RecordedInputs recorded) {
        if (!manifest.code().equals(code)) {
            return ReplayOutcome.notReplayable(
                    "The flag was computed by a program with SHA-256 %s; this one has %s. Replay it with the release that wrote it."
                            .formatted(manifest.code(), code));
        }
        Optional<RiskModel> model = models.stream()
                .filter(one -> one.identity().label().equals(manifest.model()))
                .findFirst();
        if (model.isEmpty()) {
            return ReplayOutcome.notReplayable("This program does not hold the model %s.".formatted(manifest.model()));
        }
        String patient = flag.getSubject().getReferenceElement().getIdPart();
        RebuiltInputs inputs = RebuiltInputs.of(patient, manifest, recorded);
        if (!inputs.notThere().isEmpty()) {
            return ReplayOutcome.of(Kind.NOT_REPLAYABLE, inputs.notThere());
        }
        if (!inputs.changed().isEmpty()) {
            return ReplayOutcome.of(Kind.DIFFERING, inputs.changed());
        }
        return compare(flag, manifest, model.get(), inputs);
    }

    private static ReplayOutcome compare(
            Observation flag, ReplayManifest manifest, RiskModel model, RebuiltInputs inputs) {
        RiskResult result = model.score(PatientFeatures.of(inputs.readings(), Instant.parse(manifest.asOf())));
        if (!(result instanceof RiskResult.Raised raised)) {
            return new ReplayOutcome(Kind.DIFFERING, List.of("Computed again, the risk is not raised."));
        }
        List<String> differing = FlagComparison.differences(flag, raised);
        if (!differing.isEmpty()) {
            return ReplayOutcome.of(
                    Kind.DIFFERING,
                    differing.stream()
                            .map(what -> "Computed again, this is another: %s.".formatted(what))
                            .toList());
        }
        if (!ResultHash.of(raised).equals(manifest.result())) {
            return new ReplayOutcome(
                    Kind.DIFFERING,
                    List.of("Computed again, a number is another one beyond the decimals that the flag tells."));
        }
        return ReplayOutcome.identical(
                "Computed again from %d versions as of %s: every number and word is the same, to the last bit."
                        .formatted(manifest.versions().size(), manifest.asOf()));
    }
}
