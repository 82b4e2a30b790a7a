package eu.sinusnode.profiles;

class ScheduleProfileTest extends AbstractProfileTest {

    ScheduleProfileTest() {
        super("schedule", Canonicals.SCHEDULE);
    }
}
