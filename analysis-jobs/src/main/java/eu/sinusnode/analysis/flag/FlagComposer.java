package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.risk.Figure;
import eu.sinusnode.analysis.risk.Finding;
import eu.sinusnode.analysis.risk.ModelIdentity;
import eu.sinusnode.analysis.risk.RiskResult;
import eu.sinusnode.analysis.risk.Sentence;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** From results to the Observations that tell of them. */
final class FlagComposer {

    private static final String INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    private static final String DATA_ABSENT_REASON = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";
    private static final String SUMMARY_DECISION =
            "Not computable does not mean that there is no risk. A clinician decides whether more measurements are needed.";

    private FlagComposer() {}

    static Observation flag(String patient, RiskResult.Raised raised, String device, Instant issued) {
        Finding finding = raised.finding();
        Observation flag = frame(patient, raised.model(), raised.model().risk(), device, issued);
        flag.setEffective(
                new Period().setStartElement(dateTime(finding.start())).setEndElement(dateTime(finding.end())));
        flag.setValue(concept(finding.valueSystem(), finding.value(), finding.valueDisplay()));
        flag.addInterpretation(concept(INTERPRETATION, finding.interpretation(), null));
        finding.figures().forEach(figure -> component(flag, figure));
        InputManifest manifest = InputManifest.of(finding.inputs());
        component(flag, Figure.count("Inputs", manifest.size(), "1"));
        flag.addComponent()
                .setCode(new CodeableConcept().setText("SHA-256 of the input manifest"))
                .setValue(new StringType(manifest.sha256()));
        words(flag, Codes.SENTENCE_FOR_CLINICIAN, finding.words().forClinician());
        words(flag, Codes.SENTENCE_FOR_PATIENT, finding.words().forPatient());
        finding.telling().stream().map(Reference::new).forEach(flag::addDerivedFrom);
        note(flag, finding.reasons());
        note(flag, finding.missing());
        note(flag, List.of(finding.decision()));
        return flag;
    }

    /** @param results at least one; all of one patient */
    static Observation summary(
            String patient,
            ModelIdentity job,
            List<RiskResult.NotComputable> results,
            String device,
            Instant from,
            Instant issued) {
        Observation summary = frame(patient, job, Codes.NOT_COMPUTABLE_SUMMARY, device, issued);
        summary.setEffective(new Period().setStart(Date.from(from)).setEnd(Date.from(issued)));
        for (RiskResult.NotComputable result : results) {
            summary.addComponent()
                    .setCode(
                            concept(Canonicals.OBSERVATION_CODES, result.model().risk(), null))
                    .setDataAbsentReason(
                            concept(DATA_ABSENT_REASON, "unknown", null).setText(result.reason()));
        }
        note(summary, results.stream().map(RiskResult.NotComputable::reason).toList());
        note(summary, List.of(SUMMARY_DECISION));
        return summary;
    }

    /** A copy of a stored flag that no longer holds. */
    static Observation cancelled(Observation stored, String reason, Instant issued) {
        Observation cancelled = stored.copy();
        cancelled.setMeta(null);
        cancelled.setStatus(ObservationStatus.CANCELLED);
        cancelled.setIssued(Date.from(issued));
        note(cancelled, List.of("No longer met. " + reason));
        return cancelled;
    }

    private static Observation frame(String patient, ModelIdentity model, String code, String device, Instant issued) {
        Observation flag = new Observation();
        flag.addIdentifier(FlagIdentifiers.flag(code, patient));
        flag.setStatus(ObservationStatus.PRELIMINARY);
        flag.addCategory(concept(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG, null));
        flag.setCode(concept(Canonicals.OBSERVATION_CODES, code, null));
        flag.setSubject(new Reference("Patient/" + patient));
        flag.setIssued(Date.from(issued));
        flag.setMethod(new CodeableConcept().setText(model.label()));
        flag.setDevice(new Reference(device));
        return flag;
    }

    /** What a replay needs beside; it says when and by which program was computed, and so is no content of the flag. */
    static void addManifest(Observation flag, ReplayManifest manifest) {
        flag.addComponent()
                .setCode(new CodeableConcept().setText(FlagContent.REPLAY_MANIFEST))
                .setValue(new StringType(manifest.sha256()));
    }

    private static void component(Observation flag, Figure figure) {
        CodeableConcept code = new CodeableConcept().setText(figure.name());
        if (figure.loinc() != null) {
            code.addCoding().setSystem(Codes.LOINC).setCode(figure.loinc());
        }
        flag.addComponent()
                .setCode(code)
                .setValue(new Quantity()
                        .setValue(figure.value())
                        .setUnit(figure.unit())
                        .setSystem(Codes.UCUM)
                        .setCode(figure.unit()));
    }

    /** English, and German as the translation that the standard's extension holds. */
    private static void words(Observation flag, String code, Sentence sentence) {
        StringType text = new StringType(sentence.english());
        Extension translation = text.addExtension().setUrl(TRANSLATION);
        translation.addExtension("lang", new CodeType("de"));
        translation.addExtension("content", new StringType(sentence.german()));
        flag.addComponent()
                .setCode(concept(Canonicals.OBSERVATION_CODES, code, null))
                .setValue(text);
    }

    private static void note(Observation flag, List<String> sentences) {
        if (!sentences.isEmpty()) {
            flag.addNote().setText(String.join(" ", sentences));
        }
    }

    private static CodeableConcept concept(String system, String code, @Nullable String display) {
        CodeableConcept concept = new CodeableConcept();
        concept.addCoding().setSystem(system).setCode(code).setDisplay(display);
        return concept;
    }

    private static DateTimeType dateTime(OffsetDateTime at) {
        return new DateTimeType(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.withNano(0)));
    }
}
