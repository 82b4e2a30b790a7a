package eu.sinusnode.server.measurements;

import eu.sinusnode.server.lane.DeviceKind;
import eu.sinusnode.server.lane.MeasurementSetting;
import org.jspecify.annotations.Nullable;

/**
 * By what and where it was measured.
 *
 * @param device null is every device
 * @param setting null is every setting
 */
record Source(@Nullable DeviceKind device, @Nullable MeasurementSetting setting) {

    static final Source ANY = new Source(null, null);
}
