package eu.sinusnode.analysis.replay;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.reading.VitalReading;
import java.util.List;
import java.util.Set;

/** The versions of resources that a manifest names, read back as the job was given them. */
public interface RecordedInputs {

    /** The readings of one Observation, with the device and the setting of the manifest. */
    List<VitalReading> vitals(ReplayManifest.Vital of) throws InputNotThere;

    /** The recording with its intervals. */
    RrSeries series(ReplayManifest.Series of) throws InputNotThere;

    /** What a Condition names. @param version e.g. {@code Condition/17/_history/2} */
    Set<Diagnosis> diagnoses(String version) throws InputNotThere;

    /** What a MedicationRequest names. */
    Set<DrugClass> drugs(String version) throws InputNotThere;
}
