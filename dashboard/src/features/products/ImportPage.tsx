import { Stepper, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '@/shared/hooks/useChange';
import { useText } from '@/shared/i18n/text';
import { Page } from '@/shared/ui/Page';
import { CsvDrop } from './components/CsvDrop';
import { Mapping } from './components/Mapping';
import { Report } from './components/Report';
import { importQuery, productKeys, readCsv, runImport, type Import } from './products.api';
import { productsText } from './products.text';

/** A list of products from a file: chosen, its columns matched, taken over. */
export function ImportPage() {
  const t = useText(productsText);
  const [read, setRead] = useState<Import>();
  const [started, setStarted] = useState(false);
  const progress = useQuery(importQuery(started ? read?.id : undefined)).data;
  const upload = useChange({ run: readCsv, onDone: setRead });
  const run = useChange({
    run: runImport,
    renew: [productKeys.all],
    onDone: () => {
      setStarted(true);
    },
  });
  const phone = useMediaQuery('(max-width: 35.99em)', undefined, { getInitialValueInEffect: false });
  const label = (n: number, text: string) => (phone && n !== step ? <VisuallyHidden>{text}</VisuallyHidden> : text);
  const step = !read ? 0 : !started ? 1 : 2;
  const again = () => {
    setRead(undefined);
    setStarted(false);
  };
  return (
    <Page title={t.importTitle} back="/products" width="narrow">
      <Stepper active={step} size="sm" allowNextStepsSelect={false}>
        <Stepper.Step label={label(0, t.step1)}>
          <CsvDrop
            loading={upload.isPending}
            onFile={(file) => {
              upload.mutate(file);
            }}
          />
        </Stepper.Step>
        <Stepper.Step label={label(1, t.step2)}>
          {read && (
            <Mapping
              read={read}
              running={run.isPending}
              onRun={(mapping) => {
                run.mutate({ id: read.id, mapping });
              }}
            />
          )}
        </Stepper.Step>
        <Stepper.Step label={label(2, t.step3)}>
          {read && <Report report={progress ?? { ...read, state: 'running' }} onAgain={again} />}
        </Stepper.Step>
      </Stepper>
    </Page>
  );
}
