void fill(int *place, unsigned char *byte);
int run(short n) {
  int place = n;
  unsigned char byte = 255;
  fill(&place, &byte);
  return place + byte++;
}

;; free
(func
  (type 0)
  (param i32 i32 i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i32)
  (if
    (i32.and (local.get 0) (i32.const 1))
    (then
      (if
        (i32.gt_s (local.tee 9 (i32.load align=1 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i32.const 0))
        (then (return (call 5 (local.get 0) (local.get 9) (local.get 1)))))
      (local.set 2 (i32.load16_s offset=24 align=1 (local.get 0))))
    (else (local.set 2 (i32.extend16_s (local.get 2))) (i32.store offset=4 align=1 (local.get 0) (i32.const 0))))
  (local.set 5 (i32.sub (local.get 0) (i32.const 48)))
  (block
    (block
      (br_if 0 (i32.lt_s (local.get 5) (i32.load offset=36 align=1 (i32.const 0))))
      (br_if 1 (i32.ge_s (local.get 1) (i32.const 1073741824))))
    (i32.store offset=24 align=1 (local.get 0) (local.get 2))
    (i32.store align=1 (local.get 0) (local.get 9))
    (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
    (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824)))
    (return (i32.const 0) (i32.const 0)))
  (i64.store offset=36 align=1 (local.get 5) (i64.const 6510615555426900570))
  (i32.store offset=44 align=1 (local.get 5) (i32.const 1515870810))
  (block
    (block
      (block
        (block
          (block
            (if
              (i32.load8_u offset=$flags (i32.const 0))
              (then
                (i32.store offset=24 align=1 (local.get 0) (local.get 2))
                (i32.store align=1 (local.get 0) (i32.const 0))
                (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741827)))
                (br_if 0 (i32.eqz (call 1 (local.get 0))))
                (local.set 1 (i32.sub (local.get 1) (i32.const 3)))
                (local.set 9 (i32.const 1))
                (br 2)))
            (i32.store offset=36 align=1 (local.get 5) (local.get 2))
            (i32.store8 offset=40 (local.get 5) (i32.const 255))
            (local.set 1 (i32.sub (local.get 1) (i32.const 3)))
            (i32.store offset=76 align=1 (i32.const 0) (i32.const 2))
            (call 4
              (local.get 5)
              (local.get 1)
              (i32.add (local.get 5) (i32.const 36))
              (i32.add (local.get 5) (i32.const 40))
              (i32.const 0))
            (local.set 8)
            (if
              (i32.eqz (local.tee 1))
              (then (i32.store offset=8 align=1 (local.get 5) (local.get 0)) (local.set 9 (i32.const 4)) (br 5)))
            (if
              (i32.load8_u offset=$flags+3 (i32.const 0))
              (then (local.set 1 (i32.sub (local.get 1) (i32.const 1))) (local.set 9 (i32.const 5)) (br 2)))
            (local.set 10 (i32.load8_u offset=40 (local.get 5)))
            (i32.store8 offset=40 (local.get 5) (i32.and (i32.add (local.get 10) (i32.const 1)) (i32.const 255)))
            (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
            (if
              (i32.ne (i32.load offset=4 align=1 (local.get 0)) (i32.const 0))
              (then
                (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                (local.set 7 (i32.const 0))
                (local.set 9 (i32.const 6))
                (br 1)))
            (return (local.get 1) (i32.add (i32.load offset=36 align=1 (local.get 5)) (local.get 10)))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 7))
          (local.set 6 (i32.const 3))
          (br 2))
        (local.set 6 (i32.const 1))
        (br 1))
      (local.set 6 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 6))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 2))
  (if
    (i32.ne (i32.load offset=4 align=1 (local.get 0)) (i32.const 0))
    (then (i32.store offset=64 align=1 (i32.const 0) (local.get 0))))
  (i32.store align=1 (local.get 0) (local.get 9))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))

;; resumable
(func
  (type 1)
  (param i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i32)
  (local.set 3 (i32.sub (local.get 0) (i32.const 48)))
  (local.set 7 (i32.load16_s offset=24 align=1 (local.get 0)))
  (if
    (local.get 1)
    (then)
    (else
      (block
        (block
          (br_if 0 (i32.lt_s (local.get 3) (i32.load offset=36 align=1 (i32.const 0))))
          (br_if 1 (i32.ge_s (local.get 2) (i32.const 1073741824))))
        (i32.store align=1 (local.get 0) (local.get 1))
        (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
        (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
        (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
        (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824)))
        (return (i32.const 0) (i32.const 0)))
      (i64.store offset=36 align=1 (local.get 3) (i64.const 6510615555426900570))
      (i32.store offset=44 align=1 (local.get 3) (i32.const 1515870810))))
  (block
    (block
      (block
        (block
          (block
            (loop
              (block
                (block
                  (block
                    (block
                      (block
                        (block (br_table 0 1 2 3 4 5 0 (local.get 1)))
                        (local.set 2 (i32.sub (local.get 2) (i32.const 3)))
                        (if
                          (i32.and (i32.load8_u offset=$flags (i32.const 0)) (i32.const 1))
                          (then (local.set 1 (i32.const 1)) (br 8))))
                      (i32.store offset=36 align=1 (local.get 3) (local.get 7))
                      (if
                        (i32.and (i32.load8_u offset=$flags+1 (i32.const 0)) (i32.const 1))
                        (then (local.set 1 (i32.const 2)) (br 7))))
                    (i32.store8 offset=40 (local.get 3) (i32.const 255))
                    (if
                      (i32.and (i32.load8_u offset=$flags+2 (i32.const 0)) (i32.const 1))
                      (then (local.set 1 (i32.const 3)) (br 6))))
                  (i32.store offset=76 align=1 (i32.const 0) (i32.const 2))
                  (call 4
                    (local.get 3)
                    (local.get 2)
                    (i32.add (local.get 3) (i32.const 36))
                    (i32.add (local.get 3) (i32.const 40))
                    (i32.const 0))
                  (local.set 6)
                  (if
                    (i32.eqz (local.tee 2))
                    (then (i32.store offset=8 align=1 (local.get 3) (local.get 0)) (local.set 1 (i32.const 4)) (br 8))))
                (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                (if
                  (i32.and (i32.load8_u offset=$flags+3 (i32.const 0)) (i32.const 1))
                  (then (local.set 1 (i32.const 5)) (br 4))))
              (local.set 8 (i32.load8_u offset=40 (local.get 3)))
              (i32.store8 offset=40 (local.get 3) (i32.and (i32.add (local.get 8) (i32.const 1)) (i32.const 255)))
              (if
                (i32.ne (i32.load offset=4 align=1 (local.get 0)) (i32.const 0))
                (then
                  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                  (local.set 5 (i32.const 0))
                  (local.set 1 (i32.const 6))
                  (br 2)))
              (return (local.get 2) (i32.add (i32.load offset=36 align=1 (local.get 3)) (local.get 8)))
              (unreachable))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 5))
          (local.set 4 (i32.const 3))
          (br 2))
        (local.set 4 (i32.const 1))
        (br 1))
      (local.set 4 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 4))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 7))
  (if
    (i32.ne (i32.load offset=4 align=1 (local.get 0)) (i32.const 0))
    (then (i32.store offset=64 align=1 (i32.const 0) (local.get 0))))
  (i32.store align=1 (local.get 0) (local.get 1))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))
