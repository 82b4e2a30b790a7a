package eu.sinusnode.sampledata.signal;

import java.util.ArrayList;
import java.util.List;

/** Takes down one device's readings of one kind and numbers them. */
final class Notebook {

    private final Reading.Kind kind;
    private final Timeline timeline;
    private final Delivery delivery;
    private final List<Reading> readings = new ArrayList<>();

    Notebook(Reading.Kind kind, Timeline timeline, Delivery delivery) {
        this.kind = kind;
        this.timeline = timeline;
        this.delivery = delivery;
    }

    void moment(long second, double value) {
        moment(second, value, "");
    }

    void moment(long second, double value, String fault) {
        add(second, 0, value, 0, false, fault);
    }

    void inOffice(long second, double value) {
        add(second, 0, value, 0, true, "");
    }

    void span(long from, int lasting, double value, double companion) {
        add(from, lasting, value, companion, false, "");
    }

    private void add(long second, int lasting, double value, double companion, boolean office, String fault) {
        readings.add(new Reading(
                kind,
                readings.size() + 1,
                second,
                timeline.offset(second),
                lasting,
                (int) Math.round(value),
                (int) Math.round(companion),
                office ? second + 20 : delivery.arrival(second + lasting),
                office,
                fault));
    }

    List<Reading> readings() {
        return readings;
    }
}
