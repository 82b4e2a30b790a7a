package eu.sinusnode.therapy.apply;

import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;

/** Makes a proposal of a medicine, for a clinician to prescribe or to decline: a class, no product, and no dose. */
record ProposalMaker(PatientFacts facts, PlanOrder order) {

    /** @param because the conditions that hold */
    MedicationRequest proposal(List<Judgement> because, ActivityDefinition definition, String id) {
        MedicationRequest proposal = new MedicationRequest();
        proposal.addIdentifier(order.identifier(id));
        proposal.addInstantiatesCanonical(ActivityMaker.canonical(definition));
        proposal.setStatus(MedicationRequestStatus.DRAFT).setIntent(MedicationRequestIntent.PROPOSAL);
        proposal.setMedication(definition.getProductCodeableConcept().copy());
        proposal.setSubject(new Reference(facts.patient()));
        proposal.setAuthoredOn(Date.from(facts.now()));
        proposal.setRequester(new Reference(order.practitioner()));
        List<String> sources = sources(because);
        sources.stream()
                .filter(source -> source.startsWith("Condition/"))
                .forEach(source -> proposal.addReasonReference(new Reference(source)));
        sources.stream()
                .filter(source -> !source.startsWith("Condition/"))
                .forEach(source -> proposal.addSupportingInformation(new Reference(source)));
        proposal.addNote().setText(why(because, definition));
        return proposal;
    }

    /** Records that say why, but for the patient's own, which the proposal names already. */
    private List<String> sources(List<Judgement> because) {
        return because.stream()
                .flatMap(judgement -> judgement.facts().stream())
                .filter(Fact.Known.class::isInstance)
                .flatMap(fact -> ((Fact.Known) fact).sources().stream())
                .filter(source -> !source.equals(facts.patient()))
                .distinct()
                .toList();
    }

    private static String why(List<Judgement> because, ActivityDefinition definition) {
        String holds = because.stream().map(Judgement::asks).collect(Collectors.joining("; "));
        String source = definition.getRelatedArtifact().stream()
                .filter(artifact -> artifact.getType() == RelatedArtifactType.CITATION)
                .map(ProposalMaker::words)
                .collect(Collectors.joining(" "));
        return "A proposal, nothing is prescribed. It is made since this holds: " + holds + ". " + source;
    }

    private static String words(RelatedArtifact citation) {
        return Stream.of(citation.getCitation(), citation.getLabel(), citation.getUrl())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
    }
}
