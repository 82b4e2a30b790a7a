package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.chance.Ids;
import eu.sinusnode.sampledata.clinical.CaseMix;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import eu.sinusnode.sampledata.fhir.Subject;
import eu.sinusnode.sampledata.people.Institutions;
import eu.sinusnode.sampledata.people.People;
import eu.sinusnode.sampledata.people.Person;
import eu.sinusnode.sampledata.rhythm.Recording;
import eu.sinusnode.sampledata.rhythm.Recordings;
import eu.sinusnode.sampledata.signal.PatientSignals;
import eu.sinusnode.sampledata.signal.Timeline;
import java.util.List;

/** One patient, whole: who it is, what the devices send, and the truth behind it. */
record SyntheticPatient(Subject subject, PatientSignals signals, List<Recording> recordings) {

    static SyntheticPatient of(CohortSpec spec, int number, Institutions institutions, Timeline timeline) {
        Subject subject = subject(spec, number, institutions, timeline);
        ClinicalPicture picture = subject.picture();
        PatientSignals signals = PatientSignals.of(spec.seed(), number, picture, subject.life(), timeline);
        return new SyntheticPatient(subject, signals, Recordings.of(spec.seed(), number, picture, timeline, signals));
    }

    static Subject subject(CohortSpec spec, int number, Institutions institutions, Timeline timeline) {
        Ids ids = new Ids(spec.seed());
        ClinicalPicture picture = new CaseMix(spec.seed()).draw(number);
        Person person = new People(spec.seed(), spec.end(), ids, institutions)
                .person(number, new People.Trait(picture.female(), picture.age(), picture.clinic()));
        DailyLife life = spec.devices() == Devices.ALL ? DailyLife.of(spec.seed(), number, picture) : DailyLife.UNKNOWN;
        return new Subject(person, picture, life, institutions, timeline, ids);
    }
}
