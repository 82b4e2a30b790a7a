package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.sampledata.chance.Ids;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import eu.sinusnode.sampledata.clinical.RhythmDevice;
import eu.sinusnode.sampledata.people.Clinician;
import eu.sinusnode.sampledata.people.Institution;
import eu.sinusnode.sampledata.people.Institutions;
import eu.sinusnode.sampledata.people.Person;
import eu.sinusnode.sampledata.signal.Timeline;

/** A patient with what the resources about that patient need to know. */
public record Subject(
        Person person, ClinicalPicture picture, DailyLife life, Institutions institutions, Timeline timeline, Ids ids) {

    /** In the place of a device's id: what measured is not registered. */
    static final String NO_DEVICE = "";

    public String id() {
        return person.id();
    }

    Institution clinic() {
        return institutions.clinic(picture.clinic());
    }

    Institution insurer() {
        return institutions.insurer(picture.insurer());
    }

    /** The cardiologist in charge. */
    Clinician clinician() {
        return clinicianAt(picture.clinic());
    }

    Clinician clinicianAt(int clinic) {
        var clinicians = institutions.clinicians(clinic);
        return clinicians.get((person.number() - 1) % clinicians.size());
    }

    /** The id of a resource of this patient, e.g. {@code id("coverage/1")}. */
    public String id(String name) {
        return ids.of("patient/" + person.number() + "/" + name);
    }

    public String pressureDevice() {
        return id("device/pressure");
    }

    public String scale() {
        return id("device/scale");
    }

    public String rhythmDevice() {
        return id("device/rhythm");
    }

    /** The device that heart rates come from: watch or patch, else the cuff. */
    public String heartRateDevice() {
        return picture.rhythmDevice() == RhythmDevice.NONE ? pressureDevice() : rhythmDevice();
    }

    /** The watch or band that follows nights, steps and training. */
    public String tracker() {
        return life.band() ? id("device/band") : rhythmDevice();
    }

    public String chestStrap() {
        return id("device/strap");
    }

    public String oximeter() {
        return id("device/oximeter");
    }

    String trainingDevice() {
        return life.chestStrap() ? chestStrap() : tracker();
    }

    String saturationDevice() {
        return life.oximeter() ? oximeter() : tracker();
    }

    /** Serial number of a device, e.g. {@code RR-000007}. */
    String serial(String prefix) {
        String digits = Integer.toString(1_000_000 + person.number());
        return prefix + "-" + digits.substring(1);
    }
}
