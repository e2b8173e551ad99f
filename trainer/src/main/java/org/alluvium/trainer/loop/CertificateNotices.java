package org.alluvium.trainer.loop;

import org.alluvium.contracts.tls.ServedTls;
import org.alluvium.trainer.event.TrainEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log what happens to the monitor's certificate, and the events what somebody has to act on. */
record CertificateNotices(TrainEvents events) implements ServedTls.Notices {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateNotices.class);

    @Override
    public void renewed(String message) {
        LOG.info("{}", message);
    }

    @Override
    public void warned(String message) {
        LOG.warn("{}", message);
        events.alerted("certificate", message);
    }
}
